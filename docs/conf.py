"""Sphinx's configuration. The English pages are the sources; a language is chosen with ``-D language=zh_CN``."""

import os

project = "OneFlow learning-rate schedulers"
author = "the lrdoc authors"
copyright = f"2026, {author}"
language = "en"

extensions = ["myst_parser", "sphinx_copybutton", "sphinx_gallery.gen_gallery", "lrdoc.sphinxext"]
templates_path = ["_templates"]
exclude_patterns = ["_build", "_root", "_templates", "_static", "locale"]
nitpicky = True

myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
myst_links_external_new_tab = False

lrdoc_site_url = os.environ.get("SITE_URL", "")  # where the site will be; search engines want whole addresses
lrdoc_repository_url = os.environ.get("REPOSITORY_URL", "")  # where its sources are, and pages are edited

# What is to be run is copied, without prompts; what was printed is not.
copybutton_selector = (
    "div:is(.lr-code, .highlight-console, .highlight-python, .highlight-Python, .highlight-json, .highlight-js)"
    ":not(.lr-signature) pre"
)
copybutton_prompt_text = "$ "
copybutton_line_continuation_character = "\\"
locale_dirs = ["locale"]
gettext_compact = False  # one catalog per page, as there is one file per page
gettext_uuid = False
gettext_location = False  # line numbers would change catalogs whose sentences have not changed

sphinx_gallery_conf = {
    "examples_dirs": ["../gallery"],
    "gallery_dirs": ["gallery"],
    "filename_pattern": r"plot_",
    "within_subsection_order": "FileNameSortKey",  # as in the sidebar; the default goes by the scripts' lengths
    "image_scrapers": ("lrdoc.sphinxext.site.scraper.scraper",),
    "reset_modules": ("lrdoc.sphinxext.site.scraper.reset",),
    "parallel": os.cpu_count(),  # scripts at once
    "abort_on_example_error": False,  # -W and --keep-going report every example that fails
    "capture_repr": (),  # an example shows what it prints and draws, nothing else
    "css": ("sg_gallery",),
    "download_all_examples": False,  # zip files hold dates, so no two builds would be the same
    "remove_config_comments": True,
    # What differs from run to run would make pages, catalogs and builds differ.
    "min_reported_time": 1e9,
    "show_memory": False,
    "show_signature": False,
    "write_computation_times": False,
}

html_theme = "furo"
html_static_path = ["_static"]
html_sidebars = {
    "**": [
        "sidebar/brand.html",
        "sidebar/language.html",
        "sidebar/elsewhere.html",
        "sidebar/search.html",
        "sidebar/scroll-start.html",
        "sidebar/navigation.html",
        "sidebar/scroll-end.html",
    ]
}
html_favicon = "_static/favicon.svg"
html_css_files = ["lrdoc.css"]
html_js_files = [("page.js", {"defer": "defer"})]
html_additional_pages = {"search": "search.html"}  # not Sphinx's own: lrdoc.sphinxext.site.search
html_theme_options = {"top_of_page_buttons": []}
pygments_style = "a11y-high-contrast-light"
pygments_dark_style = "a11y-high-contrast-dark"
html_math_renderer = "katex"
html_copy_source = False
html_show_sourcelink = False
html_use_index = False
html_domain_indices = False
html_permalinks_icon = "#"
