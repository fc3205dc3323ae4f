"""Jinja environments for the formats: a user's folder before ours, strict names, errors that name file and line.

Templates run in Jinja's sandbox: a template that came from somewhere else can lay out a document, not run a program.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from symproof.errors import InputError, SymproofError
from symproof.report.control_characters import visible
from symproof.resources import templates_dir

__all__ = ["LatexSource", "html_engine", "latex_engine", "render_template"]


class LatexSource(str):
    """Text that is LaTeX already and must not be escaped again."""

    __slots__ = ()


def latex_engine(
    escape: Callable[[str], str], names: Mapping[str, Any], templates: Path | None = None
) -> ImmutableSandboxedEnvironment:
    r"""The environment of LaTeX templates: ``\BLOCK{...}``, ``\VAR{...}``, ``\REMARK{...}``.

    Args:
        escape: applied to every value that is not :class:`LatexSource` already.
        names: filters (callables under ``filter_...``) and globals of the templates.
        templates: a folder searched before symproof's own.

    Raises:
        InputError: ``templates`` is not a folder.
    """
    engine = ImmutableSandboxedEnvironment(
        block_start_string=r"\BLOCK{",
        block_end_string="}",
        variable_start_string=r"\VAR{",
        variable_end_string="}",
        comment_start_string=r"\REMARK{",
        comment_end_string="}",
        autoescape=False,
        finalize=lambda value: value if isinstance(value, LatexSource) else escape(str(value)),
        **_common(templates),
    )
    return _with_names(engine, names)


def html_engine(names: Mapping[str, Any], templates: Path | None = None) -> ImmutableSandboxedEnvironment:
    """The environment of HTML templates: Jinja's usual delimiters, autoescape on.

    Args:
        names: filters (callables under ``filter_...``) and globals of the templates.
        templates: a folder searched before symproof's own.

    Raises:
        InputError: ``templates`` is not a folder.
    """
    engine = ImmutableSandboxedEnvironment(
        autoescape=True,
        finalize=lambda value: visible(value) if type(value) is str else value,
        **_common(templates),
    )
    return _with_names(engine, names)


def _common(templates: Path | None) -> dict[str, Any]:
    if templates is not None and not templates.is_dir():
        raise InputError(
            what="the folder of templates does not exist",
            where=str(templates),
            expected="a folder with latex/, html/ or typst/ inside",
        )
    folders = [templates_dir()] if templates is None else [templates, templates_dir()]
    loader = ChoiceLoader([FileSystemLoader(folder, encoding="utf-8") for folder in folders])
    return {
        "loader": loader,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "keep_trailing_newline": True,
        "auto_reload": False,
    }


def _with_names(engine: ImmutableSandboxedEnvironment, names: Mapping[str, Any]) -> ImmutableSandboxedEnvironment:
    for name, value in names.items():
        if name.startswith("filter_"):
            engine.filters[name.removeprefix("filter_")] = value
        else:
            engine.globals[name] = value
    return engine


def render_template(engine: ImmutableSandboxedEnvironment, name: str, values: Mapping[str, Any]) -> str:
    """Render one template.

    Args:
        engine: from :func:`latex_engine` or :func:`html_engine`.
        name: path below the template folders, such as ``"latex/statement.tex"``.
        values: the template's variables.

    Raises:
        InputError: the template is missing, malformed or uses a name that does not exist; names its file and line.
    """
    try:
        return engine.get_template(name).render(values)
    except SymproofError:
        raise
    except TemplateNotFound as error:
        raise InputError(what=f"the template {error.name!r} does not exist", where=name) from error
    except TemplateSyntaxError as error:
        raise InputError(
            what=f"malformed template: {error.message}", where=f"{error.filename or error.name}:{error.lineno}"
        ) from error
    except (TemplateError, TypeError, ValueError, AttributeError, LookupError, ArithmeticError) as error:
        raise _runtime_error(error, name) from error


def _runtime_error(error: Exception, name: str) -> InputError:
    """An error while a template ran; Jinja puts the template's own file and line into the traceback."""
    where, traceback = name, error.__traceback__
    while traceback is not None:
        filename = traceback.tb_frame.f_code.co_filename
        if not filename.endswith(".py") and Path(filename).is_file():
            where = f"{filename}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return InputError(
        what=f"the template failed: {error}",
        where=where,
        hint="The names a template may use are listed in templates/README.md.",
    )
