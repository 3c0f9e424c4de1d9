"""The closed code lists: every code a published column may hold, and what it says.

Nothing but enums lives here, so that any room (parsing included) may import it.
"""

from enum import StrEnum


class Code(StrEnum):
    """A code and the sentence that explains it; the member itself is the plain string."""

    says: str

    def __new__(cls, value: str, says: str) -> "Code":
        """The member for `value`, explained by `says`."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.says = says
        return member


class PayPeriod(Code):
    """What one payment of the stated amount is for."""

    MINUTE = "minute", "one minute of working time"
    HOUR = "hour", "one hour of working time"
    DAY = "day", "one working day"
    WEEK = "week", "one week"
    FORTNIGHT = "fortnight", "two weeks"
    MONTH = "month", "one month"
    QUARTER = "quarter", "three months"
    YEAR = "year", "one year"
    SHIFT = "shift", "one shift"
    SESSION = "session", "one session, interview, call or recording"
    PROJECT = "project", "one whole project, at a fixed price"
    ONCE = "once", "a single payment, not repeated"
    TASK = "task", "one task, item, label, prompt, answer or the like; unit_text has the word"
    WORD = "word", "one word of text"
    CHARACTER = "character", "one character of text"
    PAGE = "page", "one page of text"
    IMAGE = "image", "one image"
    AUDIO_SECOND = "audio_second", "one second of recorded sound"
    AUDIO_MINUTE = "audio_minute", "one minute of recorded sound"
    AUDIO_HOUR = "audio_hour", "one hour of recorded sound"
    VIDEO_MINUTE = "video_minute", "one minute of video"
    VIDEO_HOUR = "video_hour", "one hour of video"


class PeriodSource(Code):
    """How the pay period is known."""

    STATED = "stated", "a marker beside the amount or a head noun names it"
    HEADER = "header", "a table header, heading or label names it"
    SIBLING = (
        "sibling",
        "another amount of the sentence or list names it, or the text for the same amounts",
    )
    MAGNITUDE = "magnitude", "not stated; read from the size of the amount beside a pay cue"
    COUNTRY = "country", "not stated; the custom of the country, by the size of the amount"
    FIELD = "field", "a structured field names it, also for the same amounts in the text"


class CurrencySource(Code):
    """How the currency is known."""

    STATED = "stated", "a code, qualified symbol, unique symbol or currency word at the amount"
    RANGE = "range", "the other end of the same range, or a code closing it"
    DECLARED = "declared", "a table header, heading or declaration covering the block"
    HINT = "hint", "the caller or the source registry names it"
    COUNTRY = "country", "the country named in the text or given for the document"
    DEFAULT = "default", "nothing else speaks: the default of the text's language"
    FIELD = "field", "a structured field names it"


class Statistic(Code):
    """What kind of figure the amounts are."""

    POINT = "point", "one stated amount"
    RANGE = "range", "a lower and an upper bound"
    STARTING = "starting", "a lower bound only"
    MAX = "max", "an upper bound only"
    AVERAGE = "average", "a mean, or a figure called average"
    MEDIAN = "median", "a median"
    PERCENTILE = "percentile", "another quantile"
    SHARE = "share", "a threshold or band, and the share of people paid there"
    PROJECTION = "projection", "a forecast of future pay"


class Kind(Code):
    """What the amount pays for."""

    BASE = "base", "the price of the work itself"
    TOTAL = "total", "base pay plus variable pay or employer cost"
    BONUS = "bonus", "one-off or variable pay"
    BENEFIT = "benefit", "pay in kind or earmarked"
    REFERENCE = (
        "reference",
        "real pay, but of others than the text is about, or no longer current",
    )
    NOT_PAY = "not_pay", "an amount of money that is not pay"


class TaxTreatment(Code):
    """Whether tax is in the amount; null means not stated."""

    GROSS = "gross", "before tax"
    NET = "net", "after tax"
    EX_VAT = "ex_vat", "before value-added tax"


class ReadingWarning(Code):
    """What to be careful about in a figure; curated figures have a note instead."""

    SWAPPED = "swapped", "the larger bound came first; the bounds are in order here"
    DOUBLE_SCALE = (
        "double_scale",
        "the amount is in full and has a k as well ($50,000k); the k does not count",
    )
    IMPLAUSIBLE_PERIOD = (
        "implausible_period",
        "the stated period cannot be right for the amount and is left out",
    )
    NONASSERTIVE = "nonassertive", "the amount stands in a question or a negation"
    ESTIMATED = "estimated", "the field says that nobody who pays stated the amount"
    FIELD_TEXT_DISAGREE = (
        "field_text_disagree",
        "a pay field and the text of one posting say different pay; both are kept as stated",
    )


class EvidenceKind(Code):
    """What kind of document says it, and so how far to trust it."""

    POSTING = "posting", "an advertisement for work"
    PLATFORM_PUBLISHED = "platform_published", "a platform's own published figures"
    EMPLOYER_STATEMENT = "employer_statement", "a statement by an employer or its manager"
    PAYROLL_AGGREGATE = "payroll_aggregate", "statistics over payments really made"
    WORKER_SURVEY = "worker_survey", "a survey of workers"
    WORKER_REPORT = "worker_report", "what one worker says of own pay"
    COURT_FILING = "court_filing", "a claim or finding in a court case"
    JOURNALISM_INTERVIEW = (
        "journalism_interview",
        "reporting that rests on interviews or documents",
    )
    THIRD_PARTY_INDEX = "third_party_index", "statistics over postings by somebody else"
    SECONDARY_GUIDE = "secondary_guide", "a guide, digest or rewrite of other pages"
    BILL_RATE = "bill_rate", "what a client pays a vendor, not what a worker is paid"
    FORECAST = "forecast", "an expectation of future pay"
    LEGAL_FLOOR = "legal_floor", "a minimum set by law"
    COMPARATOR = "comparator", "the pay of another occupation, for comparison"


class TextOrigin(Code):
    """Whose words the document text is."""

    VERBATIM = "verbatim", "the publisher's own words"
    RESTATED_BY_US = "restated_by_us", "figures from the publisher, wording ours"


class DocumentStatus(Code):
    """How the reading of a document ended."""

    ACCEPTED = "accepted", "read fully; at least one rate observation"
    ACCEPTED_EMPTY = "accepted_empty", "read fully; no pay in it"
    DUPLICATE = "duplicate", "the same bytes as another document"
    QUARANTINED = "quarantined", "not read; the quarantine table says why"


class ReasonCode(Code):
    """Why a document or a row was set aside."""

    EMPTY_FILE = "empty_file", "the file has no bytes"
    WRONG_TYPE = "wrong_type", "the bytes are not what the file name says"
    UNKNOWN_TYPE = "unknown_type", "no reader for this kind of file"
    DAMAGED = "damaged", "the file ends early or is broken"
    ENCRYPTED = "encrypted", "the file needs a password"
    NO_TEXT_LAYER = "no_text_layer", "a PDF with pictures of pages and no text"
    ENCODING = "encoding", "the text cannot be decoded"
    TOO_LARGE = "too_large", "larger than the limit"
    LIMIT_TIME = "limit_time", "reading took longer than the limit"
    LIMIT_MEMORY = "limit_memory", "reading needed more memory than the limit"
    TEXT_LOST = "text_lost", "text of the file is missing after reading"
    SYMLINK_OUTSIDE = "symlink_outside", "a link that leads out of the inbox"
    BAD_FRONT_MATTER = (
        "bad_front_matter",
        "front matter or a declared value that cannot be read",
    )
    UNKNOWN_COLUMNS = (
        "unknown_columns",
        "a table of postings that no registered column map fits",
    )
    BAD_RECORD = "bad_record", "one record of a file cannot be read"
    ROW_RULE = "row_rule", "a row breaks a rule of its table"
    IMPLAUSIBLE = "implausible", "the amount cannot be pay for the stated period"
    READER_FAILED = "reader_failed", "the reader stopped with an error"


class DomainCode(Code):
    """The field of knowledge the work needs."""

    GENERALIST = (
        "generalist",
        "rating, ranking, labelling or prompt work with no field credential",
    )
    SEARCH_EVALUATION = "search_evaluation", "search, ads or maps relevance judged by guideline"
    MEDICINE = "medicine", "work needing clinical training"
    LAW = "law", "work needing legal training"
    FINANCE = "finance", "finance, accounting, economics, insurance, tax"
    BUSINESS = (
        "business",
        "management, consulting, public administration, annotation operations",
    )
    ENGINEERING = "engineering", "non-software engineering"
    CODING = "coding", "writing, reviewing or tracing code; machine learning; cybersecurity"
    MATH = "math", "mathematics, statistics, data science"
    SCIENCE = "science", "natural sciences"
    LANGUAGES = "languages", "translation, localisation, bilingual rating"
    CREATIVE = "creative", "writing, visual art, music, games"
    EDUCATION = "education", "teaching, humanities, social science, niche subjects"
    SAFETY = "safety", "red-teaming, moderation, policy"
    AUDIO = "audio", "speech recording, transcription, accent rating"
    VISION_ROBOTICS = "vision_robotics", "image, video, lidar labelling; filmed demonstrations"
    ALL = "all", "the figure spans several domains"
    COMPARISON = "comparison", "not AI-trainer pay: another occupation, for comparison"


class ExpertiseTier(Code):
    """How much expertise the work asks for."""

    E0 = "E0", "open crowd, no screening"
    E1 = "E1", "screened generalist, usually a degree"
    E2 = "E2", "specialist by skill, language or experience"
    E3 = "E3", "credentialed expert"
    E4 = "E4", "scarce or senior expert"


class WorkKind(Code):
    """What the person does, whatever the field."""

    RATING = "rating", "rating or ranking answers"
    AUTHORING = "authoring", "writing prompts, answers or problems"
    REVIEWING = "reviewing", "reviewing the work of other contributors"
    RED_TEAMING = "red_teaming", "attacking a model to find faults"
    LABELLING = "labelling", "labelling text, images, sound or video"
    TRANSCRIPTION = "transcription", "writing down speech"
    TRANSLATION = "translation", "translating or localising"
    RECORDING = "recording", "recording speech, video or demonstrations"
    AGENT_TRAJECTORY = "agent_trajectory", "recording or judging the steps of an agent"
    ADJUDICATION = "adjudication", "deciding between judgements of others"
    OPERATIONS = "operations", "running annotation projects"


class EngagementType(Code):
    """The relation between the person and whoever pays."""

    EMPLOYEE_DIRECT = "employee_direct", "employed by the company that uses the work"
    EMPLOYEE_VENDOR = "employee_vendor", "employed by a vendor"
    EMPLOYER_OF_RECORD = "employer_of_record", "employed through an employer of record"
    CONTRACTOR = "contractor", "independent contractor or freelancer"
    PIECEWORK = "piecework", "paid by the piece on a crowd platform"
    FELLOWSHIP = "fellowship", "a fellowship"


class HoursBasis(Code):
    """Where the hours of a conversion come from."""

    NATIVE = "native", "stated per hour; nothing converted"
    STATED = "stated", "the document states the hours"
    DEFAULT = "default", "the default of hours_conventions"


class NotComparableReason(Code):
    """Why a rate has no hourly or no dollar figure."""

    PIECE_RATE = "piece_rate", "paid by the piece; the time a piece takes is not stated"
    PERIOD_UNKNOWN = "period_unknown", "the pay period is not stated"
    CURRENCY_UNKNOWN = "currency_unknown", "the currency is not known"
    NO_REFERENCE_RATE = (
        "no_reference_rate",
        "no reference exchange rate for the currency and date",
    )
    NET_PAY = "net_pay", "after tax; never converted to gross"
    EX_VAT_PAY = "ex_vat_pay", "a business price before value-added tax"
    NOT_PERIODIC = (
        "not_periodic",
        "a single payment, session, shift or project of unknown length",
    )
    NO_AMOUNT = "no_amount", "a share without an amount"
    IMPLAUSIBLE = "implausible", "the stated period cannot be right for this amount"


class LinkEvidence(Code):
    """Why two figures are held to be one."""

    SAME_DOCUMENT = "same_document", "the document says the same figure again"
    ATTRIBUTION = "attribution", "the text names the origin"
    MATCHING_FIGURES = "matching_figures", "same subject and two or more equal figures"
    SAME_LISTING = "same_listing", "the same listing seen again"
    COPY = "copy", "two documents carry the same publication"


class RestatementChange(Code):
    """What changed on the way from the origin to the restatement."""

    NONE = "none", "nothing"
    BOUND_DROPPED = "bound_dropped", "an open end or a bound is gone"
    BOUND_ADDED = "bound_added", "an open end or a bound was added"
    UNIT_CHANGED = "unit_changed", "another pay period"
    CURRENCY_CHANGED = "currency_changed", "another currency"
    AMOUNT_CHANGED = "amount_changed", "another amount"
    STATISTIC_CHANGED = "statistic_changed", "another kind of figure"
    SUBJECT_CHANGED = "subject_changed", "another company, field or group"


class DatePrecision(Code):
    """How much of a published date is known."""

    DAY = "day", "the day"
    MONTH = "month", "the month; the date is its first day"
    YEAR = "year", "the year; the date is its first day"


class Rollup(Code):
    """What a cell of statistics holds where it is not split."""

    ALL = "ALL", "everything together"
    WORLD = "WORLD", "every country together, and offers that name none"


class BenchmarkVariant(Code):
    """Which offers a cell of statistics counts."""

    OFFERS = "offers", "offers stated per hour, or with the hours to convert them"
    OFFERS_CONVERTED = "offers_converted", "those, and offers converted by default hours"


class Weighting(Code):
    """What has equal weight inside a cell of statistics."""

    EMPLOYER = "employer", "every employer or platform; the headline"
    OFFER = "offer", "every offer; shows what one large employer would do"


class BenchmarkStatus(Code):
    """Whether a statistic is shown, and why not."""

    OK = "ok", "shown; the estimate moves by at most a tenth under a tripled tail"
    TAIL_SENSITIVE = "tail_sensitive", "shown; the estimate moves by more than a tenth"
    TAIL_DEPENDENT = "tail_dependent", "bounds only; the estimate moves by more than a quarter"
    SUPPRESSED_FEW = "suppressed_few", "not shown: too few employers and offers"
    SUPPRESSED_DOMINANCE = (
        "suppressed_dominance",
        "not shown: one employer has over half the weight",
    )


class BenchmarkClaim(Code):
    """What a shown statistic speaks for."""

    INFERENTIAL = "inferential", "the market: enough independent employers for an interval"
    DESCRIPTIVE = "descriptive", "only the offers held: enough offers, too few employers"


class AgreementMeasure(Code):
    """Which published figure is compared with our distribution."""

    SHARE_ABOVE = "share_above", "the share of people paid more than a threshold"
    SHARE_BELOW = "share_below", "the share of people paid less than a threshold"
    SHARE_BETWEEN = "share_between", "the share of people paid inside a band"
    MEDIAN = "median", "a median"
