"""The daemon's key: from a file, or made up."""

from libp2p import generate_new_ed25519_identity
from libp2p.crypto.keys import KeyPair
from libp2p.crypto.pb import crypto_pb2
from libp2p.crypto.serialization import deserialize_private_key

from .errors import StartError

ED25519_SEED = 32


def load_identity(path: str) -> KeyPair:
    """The key of the file, a `PrivateKey` of libp2p's protobuf; a fresh one without a file."""
    if not path:
        return generate_new_ed25519_identity()
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        raise StartError(f"open {path}: {(error.strerror or str(error)).lower()}") from error
    try:
        private = deserialize_private_key(_for_py_libp2p(data))
    except Exception as error:
        raise StartError(f"{path} holds no private key of libp2p: {error}") from error
    return KeyPair(private, private.get_public_key())


def _for_py_libp2p(data: bytes) -> bytes:
    """py-libp2p wants the seed of an Ed25519 key alone, where all others write seed and public key."""
    key = crypto_pb2.PrivateKey.FromString(data)
    if key.key_type == crypto_pb2.KeyType.Ed25519:
        if len(key.data) not in (64, 96):
            raise ValueError(f"expected ed25519 data size to be 64 or 96, got {len(key.data)}")
        key.data = key.data[:ED25519_SEED]
    return key.SerializeToString()
