"""Builds what the daemon runs in: a virtual environment of pinned packages, and the control protocol's code in it."""

import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).parent


def main(out: Path, root: Path) -> None:
    """Makes `out`/venv."""
    environment = out / "venv"
    venv.create(environment, with_pip=True, symlinks=True)
    python = str(environment / "bin" / "python")
    pip = [python, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--progress-bar=off"]
    subprocess.run([*pip, "--require-hashes", "-r", str(HERE / "requirements.txt")], check=True)
    packages = next((environment / "lib").glob("python*/site-packages"))
    protoc = [python, "-m", "grpc_tools.protoc", f"-I{root / 'proto'}", f"--python_out={packages}"]
    subprocess.run([*protoc, f"--pyi_out={packages}", str(root / "proto" / "p2pd.proto")], check=True)
    subprocess.run([python, "-m", "compileall", "-q", "-j0", str(packages)], check=False)
    # so that one file tells that everything was built
    (out / "packages.txt").write_bytes(subprocess.run([*pip[:3], "freeze"], check=True, capture_output=True).stdout)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
