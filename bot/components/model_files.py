"""What a component keeps in a trained model: JSON and arrays, never pickled code."""

import json
from pathlib import Path
from typing import Any, Dict, Tuple

import numpy as np
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.exceptions import RasaException

State = Tuple[Dict[str, Any], Dict[str, np.ndarray]]

_VALUES = "values.json"
_ARRAYS = "arrays.npz"


class ModelUnreadableError(RasaException):
    """A trained component's files are missing or damaged; an untrained stand-in would only guess."""


def write_state(storage: ModelStorage, resource: Resource, **parts: State) -> None:
    """Write named states (plain values, arrays) as one JSON and one npz file."""
    with storage.write_to(resource) as directory:
        folder = Path(directory)
        values = {name: part for name, (part, _) in parts.items()}
        arrays = {f"{name}.{key}": array for name, (_, part) in parts.items() for key, array in part.items()}
        (folder / _VALUES).write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")
        np.savez_compressed(folder / _ARRAYS, **arrays)


def read_state(storage: ModelStorage, resource: Resource) -> Dict[str, State]:
    """Return the named states as written; raise ModelUnreadableError when that cannot be done."""
    try:
        with storage.read_from(resource) as directory:
            folder = Path(directory)
            values = json.loads((folder / _VALUES).read_text(encoding="utf-8"))
            with np.load(folder / _ARRAYS, allow_pickle=False) as stored:
                arrays: Dict[str, np.ndarray] = {name: stored[name] for name in stored.files}
    except (OSError, ValueError) as error:
        message = f"Trained component '{resource.name}' cannot be read: {error}. Train again."
        raise ModelUnreadableError(message) from error
    return {name: (part, _of_part(arrays, name)) for name, part in values.items()}


def _of_part(arrays: Dict[str, np.ndarray], name: str) -> Dict[str, np.ndarray]:
    prefix = f"{name}."
    return {key[len(prefix) :]: array for key, array in arrays.items() if key.startswith(prefix)}
