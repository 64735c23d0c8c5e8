"""How a finding is made: one message, its values, in all languages.

Ids are stable: the same fact has the same id in every audit, so that a response, a comparison and
a later import can refer to it. They read "subject/attribute/detail":

- ``gap/<attribute>/<gap>``: one tested gap, also for combined attributes ("a & b")
- ``reference/<attribute>/<value>``: a group beside the reference group that the plan names
- ``reason/<harm>``, ``reason/<gap>``, ``limits``, ``method``: why and how the gaps were tested
- ``reason/<choice>``, ``reason/defaults``, ``plan/unstated``: why the rest of the plan is so
- ``plan/changed``: how the audit departs from the plan that was agreed on
- ``small/<attribute>/<value>``, ``missing/<attribute>``, ``hidden/<attribute>``: about groups
- ``outcome/none``, ``outcome/other``, ``top-k/ties``, ``top-k/competing``, ``weights``, ``lines``,
  ``lines/empty``:
  data; ``rough/<attribute>/<value>``: a mean of very unequal errors
- ``calibration/<attribute>`` and ``calibration/<attribute>/<value>``,
  ``tradeoff/<attribute>/<notion>``, ``tradeoff/<attribute>/none``, ``tradeoff``: about scores
- ``proxy/<attribute>``: what gives an attribute away
- ``model/…`` (agreement, tolerance, reversed, sample, inexact, estimated, features, unweighted),
  ``shares/<attribute>/<group>``: about the model and its explanation
- ``crosscheck``, ``imported``: about the calculation
"""

from collections.abc import Callable, Mapping

from workbench.audit.parts import Finding, Kind
from workbench.basics.text import LANGUAGES, translate

Groups = tuple[tuple[str, str], ...]


def per_language(words: Callable[[str], str]) -> dict[str, str]:
    """What ``words`` gives for each language."""
    return {language: words(language) for language in LANGUAGES}


def finding(
    id_: str,
    kind: Kind,
    message: str,
    *,
    about: str | None = None,
    groups: Groups = (),
    **values: object,
) -> Finding:
    """A finding whose values are the same in all languages, or a mapping by language.

    ``about`` is the attribute. ``groups`` must name every group that the sentence tells about:
    what is published drops the sentence when one of them is hidden.
    """
    text = per_language(
        lambda language: translate(
            language,
            message,
            {
                key: value[language] if isinstance(value, Mapping) else value
                for key, value in values.items()
            },
        )
    )
    return Finding(id=id_, kind=kind, text=text, attribute=about, groups=groups)
