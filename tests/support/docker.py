"""Whether there is a Docker daemon to start servers in."""

from functools import cache


@cache
def docker_answers() -> bool:
    import docker
    from docker.errors import DockerException

    try:
        docker.from_env(timeout=5).ping()
    except DockerException:
        return False
    return True
