"""Stock Rasa as the peer: default pipeline and policies, REST channel, in-memory store, our dialogue."""

import os
import shutil
import subprocess
import time
from http import HTTPStatus
from pathlib import Path
from typing import Any

import yaml

from benchmarks.examples import thin_out
from launcher.console import LauncherError, step
from launcher.environments import BOT as BOT_ENVIRONMENT
from launcher.model import tail
from launcher.places import BOT, PRIVATE, PROJECT
from launcher.processes import status_of
from tests.support.running import free_port

PEER_FOLDER = PRIVATE / "bench"
# Loading DIET and TED builds their networks anew, which on a busy machine takes minutes.
START_SECONDS = 600

# What `rasa init` writes for a new assistant in 3.6, in Dutch.
NLU_CONFIG = {
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
        {
            "name": "ResponseSelector",
            "retrieval_intent": "faq",
            "epochs": 100,
            "constrain_similarities": True,
        },
        {"name": "FallbackClassifier", "threshold": 0.3, "ambiguity_threshold": 0.1},
    ],
}
# For speed it need not have learned long, nor from everything: what counts is how long an answer takes.
SPEED_EXAMPLES, SPEED_EPOCHS = 25, 20
DEFAULT_CONFIG = {
    **NLU_CONFIG,
    "policies": [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy", "core_fallback_action_name": "action_terugval"},
        {"name": "UnexpecTEDIntentPolicy", "max_history": 5, "epochs": 100},
        {"name": "TEDPolicy", "max_history": 5, "epochs": 100, "constrain_similarities": True},
    ],
}


def train(model: Path) -> Path:
    """Return the peer's model for the same dialogue as ours, for speed alone, trained once and kept.

    Raises:
        LauncherError: training left no model; the log says why.
    """
    peer = PEER_FOLDER / f"peer-of-{model.name}"
    if peer.exists():
        return peer
    PEER_FOLDER.mkdir(parents=True, exist_ok=True)
    config, log = PEER_FOLDER / "config.yml", PEER_FOLDER / "train.log"
    config.write_text(yaml.safe_dump(_shortened(DEFAULT_CONFIG), sort_keys=False))
    data = PEER_FOLDER / "data"
    shutil.rmtree(data, ignore_errors=True)
    thin_out(BOT / "data", data, SPEED_EXAMPLES)
    command = [
        *(BOT_ENVIRONMENT.program("rasa"), "train"),
        *("--config", str(config)),
        *("--domain", "domain"),
        *("--data", str(data)),
        *("--out", str(PEER_FOLDER)),
        *("--fixed-model-name", peer.name),
    ]
    with step("Training the peer (stock Rasa, DIET and TED)"), log.open("w") as output:
        subprocess.run(command, cwd=BOT, stdout=output, stderr=output, check=False)  # noqa: S603 - Rasa itself
    if not peer.exists():
        message = f"The peer could not be trained. The last lines of {log}:\n{tail(log)}"
        raise LauncherError(message)
    return peer


def _shortened(config: dict[str, Any]) -> dict[str, Any]:
    def shorten(component: dict[str, Any]) -> dict[str, Any]:
        return component | {"epochs": SPEED_EPOCHS} if "epochs" in component else component

    return config | {
        part: [shorten(component) for component in config[part]] for part in ("pipeline", "policies")
    }


class Peer:
    """A running stock Rasa that calls the same actions; `store` is another tracker store than its default."""

    def __init__(
        self, *, folder: Path, model: Path, actions_url: str, token: str, store: dict[str, Any] | None = None
    ) -> None:
        self.port = free_port()
        endpoints: dict[str, Any] = {
            "action_endpoint": {"url": actions_url, "headers": {"Authorization": f"Bearer {token}"}}
        }
        if store is not None:
            endpoints["tracker_store"] = store
        (folder / "endpoints.yml").write_text(yaml.safe_dump(endpoints))
        (folder / "credentials.yml").write_text("rest:\n")
        command = [
            *(BOT_ENVIRONMENT.program("rasa"), "run", "--enable-api"),
            *("--model", str(model)),
            *("--port", str(self.port)),
            *("--interface", "127.0.0.1"),
            *("--endpoints", str(folder / "endpoints.yml")),
            *("--credentials", str(folder / "credentials.yml")),
        ]
        # A store of this project's own is imported from the project's folder.
        environment = {**os.environ, "PYTHONPATH": f"{BOT}{os.pathsep}{PROJECT}"}
        self._log = folder / "peer.log"
        with self._log.open("w") as log:
            self._process = subprocess.Popen(  # noqa: S603 - Rasa itself
                command, cwd=BOT, env=environment, stdout=log, stderr=log
            )

    @property
    def url(self) -> str:
        """Return its address."""
        return f"http://127.0.0.1:{self.port}"

    def wait(self) -> None:
        """Wait until it has its model.

        Raises:
            LauncherError: it stopped, or took too long; its log says why.
        """
        deadline = time.monotonic() + START_SECONDS
        while status_of(f"{self.url}/status") != HTTPStatus.OK:
            if self._process.poll() is not None or time.monotonic() > deadline:
                message = f"The peer did not start. The last lines of its log:\n{tail(self._log)}"
                raise LauncherError(message)
            time.sleep(0.2)

    def stop(self) -> None:
        """End it."""
        self._process.terminate()
        self._process.wait()
