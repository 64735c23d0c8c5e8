"""What laws and standards ask a town to state, field by field, written down from their texts.

Nothing here is read from our own files, so that a field that got lost there is found missing.
"""

# Canonical field → what of it, at least, must be asked or derived.
CROSSWALK = {
    "name": {"name"},
    "summary_plain": {"purpose"},
    "organisation": {"town", "department", "chain_operation.chain", "chain_first_use.chain"},
    "contact": {"contact", "people.contact"},
    "status": {"phase", "ready.start_date", "exit.ended_on"},
    "category": {"conditions", "figures", "class.ai_system", "class.prohibited"},
    "role": {"scan.role", "class.provider_switch"},
    "supplier": {"contract.suppliers", "contract.procedure", "contract.data_use"},
    "goal": {"purpose.problem", "purpose.goal", "effect.relief"},
    "previous_process": {"purpose.previous_procedure", "purpose.alternatives"},
    "value_decisions": {"decisions"},
    "legal_basis": {
        "law.legal_basis",
        "law.legal_title",
        "law.legal_basis_link",
        "law.legal_reach",
    },
    "process_step": {"ready.process", "oversight.process", "scan.influence"},
    "scale": {"ready.frequency", "scan.scale", "ready.area", "effect.cases_per_year"},
    "affected_groups": {"people.groups", "rights.groups", "risk.vulnerable"},
    "harms": {"rights.harms", "risk.list", "release.residual_risk"},
    "oversight": {"staff.oversight_role", "follow.rate", "staff.training"},
    "complaint": {"complaint.path", "appeal.path", "explain.path", "complaint.explanation"},
    "data": {"data.sources", "sheet.data_sets", "dataplan.sensitive", "dataplan.quality"},
    "logic": {"document.how_it_works", "document.architecture", "train.self_learning"},
    "models": {"train.models", "tests.accuracy"},
    "fairness_audit": {"audits", "fair.groups", "fair.metric", "fair.limit", "tests.fairness"},
    "explainability": {"explain.method"},
    "energy": {"balance", "energy_built.training", "energy_built.use", "energy_used.use_energy"},
    "assessments": {
        "rights.fria",
        "rights.fria_on",
        "rights.fria_link",
        "rights.dpia_on",
        "rights.dpia_link",
        "data.dpia",
        "data.dpia_reason",
    },
    "registers": {"identifier", "ready.register_entry", "rights.processing_record"},
    "source_code": {"document.source_code", "document.licence"},
    "logs": {"protect.logs", "protect.log_months", "dataplan.retention", "incident.list"},
    "participation": {"staff.council", "people.participation", "rights.dpia_advice"},
    "accessibility": {"access.standard", "access.languages", "notice.accessible"},
    "review": {"lesson.next_review", "exit.triggers", "exit.plan", "change.substantial"},
    # First and newest edition: when it was published, and when it was changed.
    "report_metadata": {
        *("edition", "schema", "language", "hash"),
        *("first_published_on", "published_on"),
    },
}
ARTICLE_27 = {
    "27(1)(a)": {"ready.process"},
    "27(1)(b)": {"ready.until", "ready.frequency", "ready.start_date", "ready.area"},
    "27(1)(c)": {"rights.groups", "people.groups"},
    "27(1)(d)": {"rights.harms", "rights.severity", "rights.touched"},
    "27(1)(e)": {
        "staff.oversight_role",
        "staff.oversight_practice",
        "staff.oversight_conditions",
    },
    "27(1)(f)": {"rights.response", "complaint.path", "complaint.office"},
}
# Deployers of high-risk systems; (10) is for the police, (12) asks for nothing in writing.
ARTICLE_26 = {
    "26(1)": {"ready.instructions"},
    "26(2)": {"staff.oversight_role", "staff.oversight_conditions", "staff.training"},
    "26(4)": {"ready.input_check"},
    "26(5)": {"monitor.office", "monitor.interval", "monitor.drift", "incident.list"},
    "26(6)": {"protect.log_months", "repeat.log_months"},
    "26(7)": {"staff.informed_on", "staff.informed_how"},
    "26(8)": {"ready.registration", "ready.register_entry"},
    "26(9)": {"rights.dpia_summary"},
    "26(11)": {"notice.affected"},
}
ANNEX_VIII_C = {
    "C.1": {"ready.register_contact"},
    "C.2": {"ready.register_person"},
    "C.3": {"ready.provider_entry"},
    "C.4": {"rights.fria_summary"},
    "C.5": {"rights.dpia_summary"},
}
ARTICLE_35 = {
    "35(1)": {
        "data.dpia",
        "data.dpia_cases",
        "data.dpia_items",
        "data.dpia_criteria",
        "data.dpia_list",
    },
    "35(2)": {"rights.dpia_advice"},
    "35(7)(a)": {"ready.process", "data.sources"},
    "35(7)(b)": {"rights.necessity"},
    "35(7)(c)": {"rights.harms"},
    "35(7)(d)": {"rights.harms"},
    "35(9)": {"people.participation"},
    "35(11)": {"lesson.next_review"},
    **{f"30(1)({point})": set() for point in "abcdefg"},
}
ATRS = (
    *("0.1", "0.2", "0.3", "0.4", "0.5"),
    *("0 organisation", "0 organisation type", "0 function", "0 phase"),
    *("0 geographical region", "0 function group"),
    *("1 name", "1 description", "1 website URL", "1 contact email"),
    *("1.1", "1.2", "1.3", "1.4", "1.4.1", "1.4.2", "1.4.3", "1.4.4", "1.4.5"),
    *("2.1", "2.2", "2.3", "2.4", "2.5"),
    *("3.1", "3.2", "3.3", "3.4", "3.5", "3.6"),
    *("4 system architecture", "4 phase", "4 maintenance", "4 models", "4 software versions"),
    *("4 system-level input", "4 system-level output"),
    *("4 model name", "4 model version", "4 model task", "4 model input", "4 model output"),
    *("4 model architecture", "4 model performance", "4 model datasets and purposes"),
    *(
        f"4 development data {part}"
        for part in (
            "description",
            "modality",
            "quantities",
            "sensitive attributes",
            "completeness and representativeness",
            "source URL",
            "collection",
            "cleaning",
            "sharing agreements",
            "access and storage",
        )
    ),
    *(
        f"4 operational data {part}"
        for part in (
            "sources",
            "sensitive attributes",
            "processing methods",
            "access and storage",
            "sharing agreements",
        )
    ),
    *("5 impact assessment", "5 risks and mitigations"),
)
# Field → (the text is shorter than this, how it is shown).
REQUIRED = "required"
DUTCH_REGISTER: dict[str, tuple[int | None, str]] = {
    "Naam": (100, REQUIRED),
    "Omschrijving": (350, REQUIRED),
    "Organisatie": (100, REQUIRED),
    "Thema": (None, "always"),
    "Status": (None, REQUIRED),
    "Begindatum": (None, "always"),
    "Einddatum": (None, "always"),
    "Contactgegevens": (None, REQUIRED),
    "Publiekspagina": (None, "filled"),
    "Publicatiecategorie": (None, REQUIRED),
    "Bronregistratie": (None, "filled"),
    "Impact": (2500, "always"),
    "Afwegingen": (2500, "always"),
    "Menselijke tussenkomst": (2500, "always"),
    "Risicobeheer": (2500, "always"),
    "Wettelijke basis": (2500, "filled"),
    "Wettelijke basis link": (None, "always"),
    "Wettelijke basis titel": (100, "filled"),
    "Verwerkingsregister": (None, "filled"),
    "Impacttoets": (None, "always"),
    "Impacttoets link": (None, "filled"),
    "Impacttoets toelichting": (2500, "filled"),
    "Gegevens": (2500, "always"),
    "Gegevensbron link": (None, "filled"),
    "Gegevensbron titel": (500, "filled"),
    "Technische werking": (5000, "always"),
    "Leverancier": (200, "always"),
    "Broncode link": (None, "filled"),
    "Taal": (None, "never, required"),
    "Schema": (None, "never, required"),
    "Bron-ID": (100, "never"),
    "Zoektermen": (2500, "never"),
}
# Fields that no town can fill: each says why.
NOT_ASKED = {
    "Thema",
    "Zoektermen",
    "0 organisation type",
    "0 function group",
    "30(1)(a) DPO",
}
