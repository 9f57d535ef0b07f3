"""Stock Rasa as the peer: default pipeline and policies, REST channel, in-memory store, our dialogue."""

import os
import subprocess
import sys
from pathlib import Path

import yaml

from tests.support.running import BOT, PROJECT, free_port

PEER_FOLDER = PROJECT / ".loket" / "bench"

# What `rasa init` writes for a new assistant in 3.6, in Dutch.
DEFAULT_CONFIG = {
    "recipe": "default.v1",
    "assistant_id": "peer",
    "language": "nl",
    "pipeline": [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": 100, "constrain_similarities": True},
        {"name": "EntitySynonymMapper"},
        {"name": "ResponseSelector", "epochs": 100, "constrain_similarities": True},
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
    "policies": [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy", "core_fallback_action_name": "action_terugval"},
        {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": 100},
        {"name": "TEDPolicy", "max_history": 5, "epochs": 100, "constrain_similarities": True},
    ],
}


def rasa() -> str:
    """Return the path of the `rasa` program."""
    venv = Path(os.environ.get("LOKET_BOT_VENV", PROJECT / ".loket" / "venv-bot"))
    return str(venv / "bin" / "rasa")


def train(model: Path) -> Path:
    """Return the peer's model for the same files as ours, trained once and kept."""
    peer = PEER_FOLDER / f"peer-of-{model.name}"
    if peer.exists():
        return peer
    PEER_FOLDER.mkdir(parents=True, exist_ok=True)
    config = PEER_FOLDER / "config.yml"
    config.write_text(yaml.safe_dump(DEFAULT_CONFIG, sort_keys=False))
    print("Training the peer (stock Rasa, DIET and TED); this takes some minutes …", flush=True)
    command = [rasa(), "train", "--config", str(config), "--domain", "domain", "--data", "data"]
    command += ["--out", str(PEER_FOLDER), "--fixed-model-name", peer.name]
    with (PEER_FOLDER / "train.log").open("w") as log:
        subprocess.run(command, cwd=BOT, stdout=log, stderr=log, check=False)  # noqa: S603 - Rasa itself
    if not peer.exists():
        sys.exit(f"The peer could not be trained; see {PEER_FOLDER / 'train.log'}.")
    return peer


class Peer:
    """A running stock Rasa that calls the same actions."""

    def __init__(self, model: Path, actions_url: str, token: str) -> None:
        self.port = free_port()
        endpoints = PEER_FOLDER / "endpoints.yml"
        endpoints.write_text(
            yaml.safe_dump(
                {"action_endpoint": {"url": actions_url, "headers": {"Authorization": f"Bearer {token}"}}}
            )
        )
        credentials = PEER_FOLDER / "credentials.yml"
        credentials.write_text("rest:\n")
        command = [rasa(), "run", "--enable-api", "--model", str(model), "--port", str(self.port)]
        command += [
            "--interface",
            "127.0.0.1",
            "--endpoints",
            str(endpoints),
            "--credentials",
            str(credentials),
        ]
        with (PEER_FOLDER / "run.log").open("w") as log:
            self.process = subprocess.Popen(command, cwd=BOT, stdout=log, stderr=log)  # noqa: S603 - Rasa itself

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.port}"

    def stop(self) -> None:
        """End it."""
        self.process.terminate()
        self.process.wait()
