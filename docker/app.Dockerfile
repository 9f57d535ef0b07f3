# The app: pages, public interface, gateway and custom actions. Build from the project's folder.
FROM python:3.12-slim
RUN pip install --no-cache-dir uv && useradd --create-home --uid 1000 loket \
    && install --directory --owner loket /taxonomy
WORKDIR /srv/loket
COPY requirements/app.txt requirements/app.txt
RUN uv pip install --system --no-cache --require-hashes -r requirements/app.txt
COPY administration administration
COPY app app
COPY bot bot
COPY connectors connectors
COPY counter counter
COPY sentence_vectors sentence_vectors
COPY skills_taxonomy skills_taxonomy
COPY staff_entrance staff_entrance
USER loket
ENV LOKET_HOST=0.0.0.0 PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
CMD ["python", "-m", "app", "serve"]
