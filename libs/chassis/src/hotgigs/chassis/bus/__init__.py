"""Publish and consume, on RabbitMQ or embedded in PostgreSQL, with the same promises.

The conformance suite in ``libs/chassis/tests/bus_conformance.py`` says what they are.
"""
