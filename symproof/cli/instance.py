"""``symproof instance``: put numbers into a theorem and certify what comes out."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from symproof.cli.answer import Answer
from symproof.cli.check_options import (
    CacheOption,
    JobsOption,
    NoCacheOption,
    StepMemoryOption,
    StepTimeOption,
    check_options,
)
from symproof.cli.checked_library import (
    check_with_evidence,
    check_with_progress,
    open_library,
    results_of,
    summary_dict,
)
from symproof.cli.exit_code import ExitCode
from symproof.cli.progress import show_progress, show_stages
from symproof.errors import InputError
from symproof.instances.instance_file import InstanceRequest, load_instance_file
from symproof.instances.instance_run import UNCERTAIN, offer_of, run_instance
from symproof.instances.offer import InstanceReport
from symproof.library_check import standing
from symproof.report.atomic_write import write_atomically

__all__ = ["run"]

MOST_UNDECIDED = 5
"""So many undecided steps are named."""
MaxWorkOption = Annotated[
    int | None,
    typer.Option(min=1, help="About how many terms the evaluation of one claim of the proof on the numbers may visit."),
]

_EXIT_CODES = {
    "certified": ExitCode.YES,
    "not_applicable": ExitCode.NO,
    "undecided": ExitCode.UNDECIDED,
}


def run(
    target: Annotated[str, typer.Argument(metavar="FILE.toml|ID", help="An instance file, or the id of a theorem.")],
    parameter: Annotated[
        list[str] | None, typer.Option("-p", metavar="KEY=VALUE", help="A parameter, with an id; repeatable.")
    ] = None,
    certificate: Annotated[Path | None, typer.Option(help="Write the certificate to this JSON file.")] = None,
    max_work: MaxWorkOption = None,
    path: Annotated[list[str] | None, typer.Option(help="A theorem module or a folder of them; repeatable.")] = None,
    jobs: JobsOption = None,
    cache: CacheOption = None,
    no_cache: NoCacheOption = False,
    step_time: StepTimeOption = None,
    step_memory: StepMemoryOption = None,
) -> Answer:
    """Decide a theorem's hypotheses on numbers, construct what it promises, evaluate every step of its proof.

    Exit code 0: certified; 1: a hypothesis does not hold (its witness is shown); 2: the input is bad; 3: undecided.
    With --certificate all results are checked anew, in this process, without the cache and without limits for a step.
    """
    request = _request(target, parameter or ())
    library = open_library(path)
    library.require([request.theorem])
    offer = offer_of(request, library.theorems)
    options = check_options(path, jobs, cache, no_cache, step_time, step_memory)
    names = list(dict.fromkeys([request.theorem, *offer.rests_on]))
    library.require(names)
    if certificate is None:
        checked = check_with_progress(library, names, options)
    else:
        checked = check_with_evidence(library, names)
    trust, accepted = standing(checked, names)
    with show_progress("evaluating the proof on the numbers", total=1) as advance, show_stages("instance") as stage:
        request = replace(request, advance=stage, max_work=max_work)
        report = run_instance(request, offer, results_of(checked), trust, accepted)
        advance(request.theorem)
    if certificate is not None:
        from symproof.export.certificate import certificate_text, instance_certificate

        summary = str(summary_dict(checked)["summary_line"])
        found = instance_certificate(report, offer, names, checked, summary)
        write_atomically(certificate, certificate_text(found))
    return Answer(_EXIT_CODES[report.verdict], _data(report, certificate), _text(report, certificate))


def _request(target: str, parameters: Sequence[str]) -> InstanceRequest:
    target = target.strip()
    if target.endswith(".toml") or "/" in target or os.path.isfile(target):
        if parameters:
            raise InputError("-p goes with the id of a theorem, not with a file", "-p", "parameters inside the file")
        return load_instance_file(target)
    found: dict[str, object] = {}
    for text in parameters:
        key, sign, value = text.strip().partition("=")
        if not sign or not key:
            raise InputError("not a parameter", "-p", "KEY=VALUE, for example data=diabetes.csv", text[:60])
        if key in found:
            raise InputError("the parameter is given twice", f"-p {key[:40]}", "one value for each parameter")
        found[key] = value
    return InstanceRequest(target, found, Path.cwd())


def _data(report: InstanceReport, certificate: Path | None) -> dict[str, object]:
    return {
        "theorem": report.theorem,
        "applied": report.applied,
        "verdict": report.verdict,
        "trust": report.trust,
        "hypotheses": [h.as_dict() for h in report.hypotheses],
        "result": dict(report.result),
        "steps": report.counts(),
        "data": dict(report.data),
        "certificate": None if certificate is None else str(certificate),
    }


def _about_balls(counts: Mapping[str, int]) -> str:
    """What is said only of numbers that are not rational."""
    words = ""
    if counts["agrees"]:
        words += f"{counts['agrees']} whose sides agree within the radius of their balls (no proof of =), "
    if counts["undecided"]:
        words += f"{counts['undecided']} undecided (the balls overlap at the highest precision), "
    return words


def _text(report: InstanceReport, certificate: Path | None) -> str:
    words = {True: "holds", False: "FAILS", None: "undecided"}
    by = "" if report.applied == report.theorem else f" by {report.applied}"
    lines = [f"{report.theorem}: {report.verdict}{by} (theorem: {report.trust})", *report.lines, "hypotheses:"]
    width = max((len(h.label) for h in report.hypotheses), default=0)
    for h in report.hypotheses:
        lines.append(f"  {h.label:<{width}}  {words[h.holds]:<9}  {h.statement}: {h.reason}")
        if h.witness is not None:
            lines += [f"  {'':<{width}}    {key}: {value}" for key, value in h.witness.items()]
    if report.steps:
        counts = report.counts()
        lines.append(
            f"{counts['steps']} steps on the numbers, those of the results it applies included: {counts['true']} true, "
            f"0 false, {_about_balls(counts)}"
            f"{counts['general']} general (about all values; tried at samples), {counts['taken']} sample "
            f"choices, {counts['not_reached']} not reached (a case that does not apply, a contradiction)"
        )
        lines += [
            f"undecided: step {step.path} of {step.theorem}: {step.reason}"
            for step in [s for top in report.steps for s in top.walk() if s.status == "undecided"][:MOST_UNDECIDED]
        ]
    if not report.accepted:
        lines.append("the proof was not accepted in this run, so nothing is certified")
    elif report.trust in UNCERTAIN:
        lines.append(f"the theorem is {report.trust}, so nothing is certified")
    if certificate is not None:
        lines.append(f"certificate: {certificate}")
    return "\n".join(lines)
