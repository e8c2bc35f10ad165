"""Reads reStructuredText documents, a JSON array of strings on the standard input, with Docutils.

Writes a JSON array of what each has: elements with their attributes, and text.
"""

import json
import sys

from docutils.core import publish_doctree
from docutils.nodes import Element

# Without messages on the standard error; faults are elements of the document.
SETTINGS = {"report_level": 2, "halt_level": 5, "warning_stream": False, "file_insertion_enabled": False}


def read(source):
    document = publish_doctree(source, settings_overrides=SETTINGS)
    elements = [node for node in document.findall(Element) if node is not document]
    return {
        "elements": [
            {
                "name": node.tagname,
                "attributes": {name: value for name, value in node.attributes.items() if value != []},
            }
            for node in elements
        ],
        "text": document.astext(),
    }


json.dump([read(source) for source in json.load(sys.stdin)], sys.stdout)
