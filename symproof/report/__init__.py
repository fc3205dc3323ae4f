"""From one document model to LaTeX, PDF and self-contained HTML.

:mod:`~symproof.report.document` is the model; :mod:`~symproof.report.latex_renderer`,
:mod:`~symproof.report.html_renderer` and :mod:`~symproof.report.pdf` render it, and
:mod:`~symproof.report.report_files` writes the files.
"""
