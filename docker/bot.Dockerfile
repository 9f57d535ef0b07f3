# The bot: Rasa with a model trained while the image is built, so that every copy has the same one.
FROM python:3.10-slim
RUN pip install --no-cache-dir uv && useradd --create-home --uid 1000 loket
WORKDIR /srv/loket
COPY requirements/bot.txt requirements/bot.txt
RUN uv pip install --system --no-cache --require-hashes -r requirements/bot.txt
ENV RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3 OMP_NUM_THREADS=1 PYTHONUNBUFFERED=1 \
    PYTHONPATH=/srv/loket/bot:/srv/loket HOME=/tmp
COPY skills_taxonomy/data skills_taxonomy/data
COPY sentence_vectors sentence_vectors
COPY bot bot
WORKDIR /srv/loket/bot
RUN rasa train --config config.yml --domain domain --data data --out models --fixed-model-name noor.tar.gz \
    && test -f models/noor.tar.gz && rm -rf .rasa
USER loket
EXPOSE 5005
HEALTHCHECK --interval=15s --timeout=3s --start-period=60s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:5005/', timeout=2)"]
CMD ["rasa", "run", "--model", "models/noor.tar.gz", "--endpoints", "endpoints.scaled.yml", \
     "--credentials", "credentials.yml", "--interface", "0.0.0.0", "--port", "5005"]
