#include "compiler/driver/options.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/option_table.h"
#include "compiler/driver/suggest.h"
#include "llvm/Support/raw_ostream.h"

namespace sodc {

namespace {

constexpr const char* kDayHelp = "the day the answer is about (default: SOURCE_DATE_EPOCH, else today in UTC)";

// Every verb with every option, in the order in which help shows them.
struct AllVerbs {
  VerbTable check{"check", "FILE… [options]", "Reads policies and reports language errors and findings."};
  VerbTable build{"build", "FILE -o OUT.sodt [options]", "Compiles a policy into a decision table."};
  VerbTable query{"query", "POLICY (--person N | --account A | --role R | --holds D… | --all | --who-can D | --process P) [options]",
                  "Says which conflicts somebody has, or would get by a request. POLICY is a .sod or .sodt file, or -."};
  VerbTable matrix{"matrix", "POLICY [--view V | --document N] [options]",
                   "Prints the separation-of-duties matrix. POLICY is a .sod or .sodt file, or -."};
  VerbTable explain{"explain", "CODE | NAME [CLAUSE] [--policy FILE]",
                    "Prints the page of a diagnostic (SOD0201), or of what a policy or the library declares (std.it.code_review)."};
  VerbTable dump{"dump", "TABLE [options]", "Prints a table against its format, section by section."};
  VerbTable due{"due", "POLICY [--within TIME] [options]",
                "Lists what ends soon, what is to be looked at again, and what is overdue. POLICY is a .sod or .sodt file, or -."};
  VerbTable forecast{"forecast", "POLICY [--person N] [--within TIME | --until DAY] [options]",
                     "Lists how verdicts of people change in days to come, and because of what. POLICY is a .sod or .sodt file, or -."};
  VerbTable test{"test", "FILE… [options]", "Runs the tests that policies state about themselves. FILE is a .sod file."};
  VerbTable fmt{"fmt", "FILE… [options]", "Writes sources in the canonical layout; - reads standard input and prints."};

  void AddQuery() {
    query.Text("person", "NAME", "a person, team or external party: name, exact title or account");
    query.Text("account", "[SYSTEM:]ID", "an account; an owned one is judged as its owner");
    query.Text("role", "NAME", "somebody who holds exactly this role");
    query.Repeated("holds", "'D [at L] [as C] [in S V]'", "somebody new who holds this duty or role; may be given several times");
    query.Switch("all", "every declared subject, one line each");
    query.Text("who-can", "D", "the people who could take this duty or role without a conflict that stops them");
    query.Text("process", "NAME", "the smallest groups of people who can do all of this process, and whether they are too small");
    query.Repeated("session", "NAME", "with --person: a duty or role that is active in one session; may be given several times");
    query.Text("activate", "NAME", "may this be activated in that session, too?");
    query.Text("assignments", "FILE.csv", "assignments beside those of the policy (person, role|duty, level, from, until, source)");
    query.Repeated("request", "'D [at L] [as C] [in S V] [from T] [until T]'", "judge what this grant would introduce; may be given several times");
    query.Repeated("revoke", "'D [at L] [as C] [in S V] [from T] [until T]'", "judge as if this were taken away; likewise, with all of them");
    query.Repeated("without", "NAME", "answer as if this control or system, and all that depends on it, were not there; may be given several times");
    query.Text("history", "FILE", "what was done to which objects, one JSON object a line; judged, or with --act the act");
    query.Text("act", "DUTY", "may this be done now, by --person or --account, after what the history says?");
    query.Text("object", "[KIND:]ID", "the object of the act");
    query.Repeated("attribute", "NAME=VALUE", "what that object is at the act, besides what the history says; may be given several times");
    query.Text("at", "TIME", "with --history: the time of the act, or the last one to look at; an instant or a day");
    query.Switch("final", "with --history: nothing more will be done, so that what is missing is missing");
    query.Text("as-of", "DAY", kDayHelp);
    query.Text("format", "text|json", "json: schema sod.query/1; with --all one object a line");
    query.Text("fail-on", "VERDICT", "end with 1 for this verdict or a worse one (default needs_approval; never)");
  }

  AllVerbs() {
    check.Text("format", "FORMAT", "text, json (sod.diagnostics/1, a line a file), sarif, gitlab, junit or github");
    check.Text("as-of", "DAY", kDayHelp);
    check.Switch("undated", "leave out findings that depend on the day");
    check.Switch("werror", "end with 1 for warnings, too");
    check.Switch("completeness", "count the pairs of duties that are neither in conflict nor compatible, and the controls that cover nothing");
    check.Switch("fix", "write the fixes that are sure into the files, then check");
    check.Switch("fix-dry-run", "print what --fix would change as a diff, and write nothing");

    build.Text("o", "OUT", "where to write the table; - is standard output");
    build.Switch("no-people", "leave people, accounts and assignments out of the table");
    build.Text("deps", "FILE", "write the files that were read, as a Makefile rule");
    build.Switch("deny-findings", "end with 1 when the policy has an error-level finding; the table is written");
    build.Text("emit", "ast|model|table", "print what a phase makes, to standard output, and stop");

    AddQuery();

    matrix.Text("view", "pairs|roles|people", "a built-in view (default pairs)");
    matrix.Text("document", "NAME", "a document that the policy declares");
    matrix.Text("format", "md|html|csv|json", "default md");
    matrix.Text("o", "OUT", "where to write (default standard output)");
    matrix.Text("as-of", "DAY", kDayHelp);
    explain.Text("policy", "FILE", "the policy that declares the name (default: the standard library)");
    explain.Text("as-of", "DAY", kDayHelp);

    due.Text("within", "TIME", "how far to look: 30d (the default), 2w, 3mo, 1y");
    due.Text("as-of", "DAY", kDayHelp);
    due.Text("format", "text|json", "json: schema sod.due/1");
    due.Text("fail-on", "overdue|due|never", "end with 1 when something is overdue, or due (default never)");

    forecast.Text("person", "NAME", "a person, team or external party: name, exact title or account (default: everybody)");
    forecast.Text("within", "TIME", "how far to look: 90d (the default), 2w, 3mo, 1y");
    forecast.Text("until", "DAY", "the last day to look at, instead");
    forecast.Text("as-of", "DAY", kDayHelp);
    forecast.Text("format", "text|json", "json: schema sod.forecast/1");
    forecast.Text("fail-on", "VERDICT", "end with 1 when a conflict comes to be this or worse (default never)");

    test.Text("format", "FORMAT", "text, json (sod.test/1) or junit");
    test.Text("filter", "PATTERN", "only tests whose title, or whose `title / case`, holds this; * stands for anything");
    test.Text("as-of", "DAY", "the day of tests that state none (default: SOURCE_DATE_EPOCH, else today in UTC)");
    test.Switch("coverage", "list which rules, controls and waivers the tests hold, and which not");
    test.Text("min-coverage", "PERCENT", "end with 1 when less than this is held");

    dump.Text("format", "text|json", "json: every field typed, ranges as arrays");

    fmt.Switch("check", "write nothing; name the files that would change and end with 1 if there are any");
    fmt.Switch("diff", "write nothing; print what would change");
  }

  std::array<VerbTable*, 10> all() { return {&check, &build, &query, &matrix, &due, &forecast, &test, &explain, &dump, &fmt}; }
};

std::string Overview(AllVerbs& verbs) {
  std::string text = "sodc compiles separation-of-duties policies and answers who may not hold what together.\n\n"
                     "usage: sodc VERB …\n\n";
  for (const VerbTable* verb : verbs.all()) {
    text += fmt::format("  {:<8} {}\n", std::string(verb->name()), std::string(verb->purpose()));
  }
  text += "\nsodc VERB --help shows the options of a verb; sodc --version the version.\n"
          "Ends with 0 fine, 1 conflicts or findings, 2 usage or unknown name, 3 the policy does not compile,\n"
          "4 input or output failed, 9 a bug of sodc.\n";
  return text;
}

Farewell Usage(std::string message) { return {ExitCode::Usage, std::move(message)}; }

Farewell UsageOf(const VerbTable& verb, std::string_view message) {
  return Usage(fmt::format("sodc {0}: {1}\nsodc {0} --help shows its options\n", std::string(verb.name()), message));
}

// Sets `target` to a value out of a closed list; left as it is when the option was not given.
template <typename Enum>
struct Choice {
  std::string_view spelling;
  Enum value;
};
template <typename Enum>
using Choices = std::type_identity_t<std::initializer_list<Choice<Enum>>>;

template <typename Enum>
std::optional<Farewell> Choose(const VerbTable& verb, const char* option, Enum& target, Choices<Enum> choices) {
  if (!verb.IsGiven(option)) return std::nullopt;
  const std::string& given = verb.ValueOf(option);
  std::vector<std::string_view> spellings;
  for (const Choice<Enum>& choice : choices) {
    if (given == choice.spelling) {
      target = choice.value;
      return std::nullopt;
    }
    spellings.push_back(choice.spelling);
  }
  return UsageOf(verb, fmt::format("--{} takes {}, not `{}`{}", option, fmt::join(spellings, ", "), given, DidYouMean(given, spellings)));
}

std::optional<Farewell> ChooseFormat(const VerbTable& verb, TextFormat& format) {
  return Choose(verb, "format", format, {{"text", TextFormat::Text}, {"json", TextFormat::Json}});
}

using Result = std::variant<VerbOptions, Farewell>;

std::optional<Farewell> RequireOneArgument(const VerbTable& verb, const char* what) {
  if (verb.positional().size() == 1) return std::nullopt;
  if (verb.positional().empty()) return UsageOf(verb, fmt::format("which {}?", what));
  return UsageOf(verb, fmt::format("takes one {}, not {}: {}", what, verb.positional().size(),
                                   fmt::join(verb.positional(), " ")));
}

std::optional<Farewell> CheckFixing(const VerbTable& verb, const CheckOptionsOfVerb& options) {
  if (!options.fix && !options.fix_dry_run) return std::nullopt;
  if (options.fix && options.fix_dry_run) return UsageOf(verb, "--fix writes and --fix-dry-run does not; give one");
  if (options.fix_dry_run && options.format != CheckFormat::Text) {
    return UsageOf(verb, "--fix-dry-run prints a diff; leave --format out");
  }
  const auto& files = options.files;
  if (std::find(files.begin(), files.end(), "-") == files.end()) return std::nullopt;
  return UsageOf(verb, "standard input cannot be fixed; give a file");
}

Result ReadCheck(const VerbTable& verb) {
  if (verb.positional().empty()) return UsageOf(verb, "which policy file?");
  CheckOptionsOfVerb options{.files = verb.positional(), .as_of = verb.ValueOf("as-of"),
                             .undated = verb.IsGiven("undated"), .werror = verb.IsGiven("werror"),
                             .completeness = verb.IsGiven("completeness"),
                             .fix = verb.IsGiven("fix"), .fix_dry_run = verb.IsGiven("fix-dry-run")};
  if (auto farewell = Choose(verb, "format", options.format,
                             {{"text", CheckFormat::Text},
                              {"json", CheckFormat::Json},
                              {"sarif", CheckFormat::Sarif},
                              {"gitlab", CheckFormat::Gitlab},
                              {"junit", CheckFormat::Junit},
                              {"github", CheckFormat::Github}})) {
    return std::move(*farewell);
  }
  if (auto farewell = CheckFixing(verb, options)) return std::move(*farewell);
  return VerbOptions(std::move(options));
}

Result ReadBuild(const VerbTable& verb) {
  if (auto farewell = RequireOneArgument(verb, "policy file")) return std::move(*farewell);
  BuildOptions options{.file = verb.positional()[0], .output = verb.ValueOf("o"), .deps = verb.ValueOf("deps"),
                       .no_people = verb.IsGiven("no-people"), .deny_findings = verb.IsGiven("deny-findings")};
  if (auto farewell = Choose(verb, "emit", options.emit,
                             {{"ast", EmitStage::Ast}, {"model", EmitStage::Model}, {"table", EmitStage::Table}})) {
    return std::move(*farewell);
  }
  const bool writes_table = options.emit == EmitStage::Bytes;
  if (writes_table && options.output.empty()) return UsageOf(verb, "where to? give -o OUT.sodt");
  if (!writes_table && verb.IsGiven("o")) return UsageOf(verb, "--emit prints to standard output; leave -o out");
  return VerbOptions(std::move(options));
}

std::optional<Farewell> ReadSelector(const VerbTable& verb, QueryOptions& options) {
  struct Named {
    const char* option;
    QuerySelector selector;
  };
  constexpr Named kSelectors[] = {{"person", QuerySelector::Person}, {"account", QuerySelector::Account},
                                  {"role", QuerySelector::Role},     {"holds", QuerySelector::Holds},
                                  {"all", QuerySelector::All},       {"who-can", QuerySelector::WhoCan},
                                  {"process", QuerySelector::Process}};
  std::vector<std::string> given;
  for (const Named& named : kSelectors) {
    if (!verb.IsGiven(named.option)) continue;
    given.push_back(fmt::format("--{}", named.option));
    options.selector = named.selector;
    if (named.selector != QuerySelector::All && named.selector != QuerySelector::Holds) {
      options.name = verb.ValueOf(named.option);
      if (options.name.empty()) return UsageOf(verb, fmt::format("--{} names nothing", named.option));
    }
  }
  if (given.empty()) return UsageOf(verb, "about whom? give --person, --account, --role, --holds, --all, --who-can or --process");
  if (given.size() > 1) return UsageOf(verb, fmt::format("{} ask different questions; give one", fmt::join(given, " and ")));
  return std::nullopt;
}

std::optional<Farewell> ReadFailOn(const VerbTable& verb, std::optional<sod::Verdict>& fail_on) {
  using sod::Verdict;
  return Choose(verb, "fail-on", fail_on,
                {{"denied", Verdict::Denied},
                 {"not_evaluable", Verdict::NotEvaluable},
                 {"needs_approval", Verdict::NeedsApproval},
                 {"warned", Verdict::Warned},
                 {"observed", Verdict::Observed},
                 {"waived", Verdict::Waived},
                 {"mitigated", Verdict::Mitigated},
                 {"never", std::nullopt}});
}

// `query --history`: what it does not go with is another question.
Result ReadHistory(const VerbTable& verb) {
  HistoryOptions options{.policy = verb.positional()[0], .history = verb.ValueOf("history"), .act = verb.ValueOf("act"),
                         .object = verb.ValueOf("object"), .person = verb.ValueOf("person"), .account = verb.ValueOf("account"),
                         .at = verb.ValueOf("at"), .attributes = verb.ValuesOf("attribute"), .is_final = verb.IsGiven("final")};
  if (options.history.empty()) return UsageOf(verb, "which history? give --history FILE; an empty file is one in which nothing was done");
  for (const char* other : {"role", "holds", "all", "who-can", "process", "assignments", "request", "revoke", "without", "as-of"}) {
    if (verb.IsGiven(other)) return UsageOf(verb, fmt::format("--{} does not go with --history", other));
  }
  const bool is_act = verb.IsGiven("act");
  const bool has_doer = verb.IsGiven("person") || verb.IsGiven("account");
  if (is_act && options.act.empty()) return UsageOf(verb, "--act names nothing");
  if (is_act && options.object.empty()) return UsageOf(verb, "on which object? give --object KIND:ID");
  if (is_act && !has_doer) return UsageOf(verb, "done by whom? give --person or --account");
  if (is_act && options.is_final) return UsageOf(verb, "--final is about a whole history; leave --act out");
  if (!is_act && (verb.IsGiven("object") || has_doer)) return UsageOf(verb, "--object, --person and --account go with --act");
  if (!is_act && verb.IsGiven("attribute")) return UsageOf(verb, "--attribute goes with --act; a history has `attributes`");
  if (verb.IsGiven("person") && verb.IsGiven("account")) return UsageOf(verb, "give --person or --account, not both");
  if (auto farewell = ReadFailOn(verb, options.fail_on)) return std::move(*farewell);
  if (auto farewell = ChooseFormat(verb, options.format)) return std::move(*farewell);
  return VerbOptions(std::move(options));
}

// `query --session`.
Result ReadSession(const VerbTable& verb) {
  SessionOptions options{verb.positional()[0], verb.ValueOf("person"), verb.ValuesOf("session"), verb.ValueOf("activate"), verb.IsGiven("activate"), verb.ValueOf("as-of")};
  for (const char* other : {"account", "role", "holds", "all", "who-can", "process", "assignments", "request", "revoke", "without", "history", "act", "object", "attribute", "at", "final"}) {
    if (verb.IsGiven(other)) return UsageOf(verb, fmt::format("--{} does not go with --session and --activate", other));
  }
  if (options.person.empty()) return UsageOf(verb, "whose session? give --person");
  if (auto farewell = ReadFailOn(verb, options.fail_on)) return std::move(*farewell);
  if (auto farewell = ChooseFormat(verb, options.format)) return std::move(*farewell);
  return VerbOptions(std::move(options));
}
Result ReadQuery(const VerbTable& verb) {
  if (auto farewell = RequireOneArgument(verb, "policy or table")) return std::move(*farewell);
  if (verb.IsGiven("session") || verb.IsGiven("activate")) return ReadSession(verb);
  for (const char* option : {"history", "act", "object", "attribute", "at", "final"}) {
    if (verb.IsGiven(option)) return ReadHistory(verb);
  }
  QueryOptions options{.policy = verb.positional()[0], .holds = verb.ValuesOf("holds"),
                       .assignments = verb.ValueOf("assignments"), .requests = verb.ValuesOf("request"), .revocations = verb.ValuesOf("revoke"),
                       .without = verb.ValuesOf("without"), .as_of = verb.ValueOf("as-of")};
  for (const char* const name : {"request", "revoke"}) {
    const std::vector<std::string> values = verb.ValuesOf(name);
    for (auto value = values.begin(); value != values.end(); ++value) {
      if (value->empty()) return UsageOf(verb, fmt::format("--{} names nothing", name));
      if (std::find(values.begin(), value, *value) != value) return UsageOf(verb, fmt::format("--{} {} is given twice; leave one out", name, *value));
    }
  }
  for (const std::string& request : options.requests) {
    if (std::ranges::find(options.revocations, request) == options.revocations.end()) continue;
    return UsageOf(verb, fmt::format("{} is requested and revoked at once; leave one out", request));
  }
  if (auto farewell = ReadSelector(verb, options)) return std::move(*farewell);
  if (auto farewell = ReadFailOn(verb, options.fail_on)) return std::move(*farewell);
  if (auto farewell = ChooseFormat(verb, options.format)) return std::move(*farewell);
  const bool about_people = options.selector == QuerySelector::Person || options.selector == QuerySelector::All ||
                            options.selector == QuerySelector::Account || options.selector == QuerySelector::WhoCan ||
                            options.selector == QuerySelector::Process;
  if (verb.IsGiven("assignments") && !about_people) {
    return UsageOf(verb, "--assignments goes with --person, --account, --all, --who-can or --process");
  }
  if ((verb.IsGiven("request") || verb.IsGiven("revoke") || verb.IsGiven("without")) && options.selector == QuerySelector::Process) {
    return UsageOf(verb, "--process is about what is held: leave --request, --revoke and --without out");
  }
  if ((verb.IsGiven("request") || verb.IsGiven("revoke")) && options.selector == QuerySelector::WhoCan) {
    return UsageOf(verb, "--who-can is the request; give its level and dates there: --who-can 'd at l from … until …'");
  }
  return VerbOptions(std::move(options));
}

Result ReadMatrix(const VerbTable& verb) {
  if (auto farewell = RequireOneArgument(verb, "policy or table")) return std::move(*farewell);
  MatrixVerbOptions options{.policy = verb.positional()[0], .document = {}, .output = verb.ValueOf("o"),
                            .as_of = verb.ValueOf("as-of")};
  if (verb.IsGiven("document")) options.document = verb.ValueOf("document");
  if (verb.IsGiven("document") && verb.IsGiven("view")) return UsageOf(verb, "give --view or --document, not both");
  using sod::MatrixFormat;
  using sod::MatrixView;
  if (auto farewell = Choose(verb, "view", options.view,
                             {{"pairs", MatrixView::Pairs}, {"roles", MatrixView::Roles}, {"people", MatrixView::People}})) {
    return std::move(*farewell);
  }
  if (auto farewell = Choose(verb, "format", options.format,
                             {{"md", MatrixFormat::Markdown},
                              {"html", MatrixFormat::Html},
                              {"csv", MatrixFormat::Csv},
                              {"json", MatrixFormat::Json}})) {
    return std::move(*farewell);
  }
  return VerbOptions(std::move(options));
}

Result ReadExplain(const VerbTable& verb) {
  const auto& words = verb.positional();
  if (words.size() != 2) {
    if (auto farewell = RequireOneArgument(verb, "diagnostic code or name")) return std::move(*farewell);
  }
  return VerbOptions(ExplainOptions{.name = words[0], .clause = words.size() == 2 ? words[1] : "",
                                    .policy = verb.ValueOf("policy"), .as_of = verb.ValueOf("as-of")});
}

Result ReadDump(const VerbTable& verb) {
  if (auto farewell = RequireOneArgument(verb, "table")) return std::move(*farewell);
  DumpOptions options{.table = verb.positional()[0]};
  if (auto farewell = ChooseFormat(verb, options.format)) return std::move(*farewell);
  return VerbOptions(std::move(options));
}

// Whole per cents, 0 to 100.
std::optional<uint32_t> PerCent(const std::string& text) {
  uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool is_read = error == std::errc() && end == text.data() + text.size() && value <= 100;
  return is_read ? std::optional(value) : std::nullopt;
}

Result ReadDue(const VerbTable& verb) {
  if (auto farewell = RequireOneArgument(verb, "policy or table")) return std::move(*farewell);
  DueOptions options{.policy = verb.positional()[0], .as_of = verb.ValueOf("as-of")};
  if (verb.IsGiven("within")) options.within = verb.ValueOf("within");
  if (auto farewell = ChooseFormat(verb, options.format)) return std::move(*farewell);
  if (auto farewell = Choose(verb, "fail-on", options.fail_on,
                             {{"overdue", DueFailure::Overdue}, {"due", DueFailure::Due}, {"never", DueFailure::Never}})) {
    return std::move(*farewell);
  }
  return VerbOptions(std::move(options));
}

Result ReadForecast(const VerbTable& verb) {
  if (auto farewell = RequireOneArgument(verb, "policy or table")) return std::move(*farewell);
  ForecastOptions options{.policy = verb.positional()[0], .person = verb.ValueOf("person"), .until = verb.ValueOf("until"), .as_of = verb.ValueOf("as-of")};
  if (verb.IsGiven("person") && options.person.empty()) return UsageOf(verb, "--person names nothing");
  if (verb.IsGiven("within") && verb.IsGiven("until")) return UsageOf(verb, "give --within or --until, not both");
  if (verb.IsGiven("within")) options.within = verb.ValueOf("within");
  if (auto farewell = ReadFailOn(verb, options.fail_on)) return std::move(*farewell);
  if (auto farewell = ChooseFormat(verb, options.format)) return std::move(*farewell);
  return VerbOptions(std::move(options));
}

Result ReadTest(const VerbTable& verb) {
  if (verb.positional().empty()) return UsageOf(verb, "which policy file?");
  TestOptions options{.files = verb.positional(), .filter = verb.ValueOf("filter"), .as_of = verb.ValueOf("as-of"),
                      .coverage = verb.IsGiven("coverage")};
  if (verb.IsGiven("filter") && options.filter.empty()) return UsageOf(verb, "--filter names nothing");
  if (verb.IsGiven("min-coverage")) {
    options.min_coverage = PerCent(verb.ValueOf("min-coverage"));
    if (!options.min_coverage) return UsageOf(verb, "--min-coverage takes a number from 0 to 100");
    if (!options.filter.empty()) return UsageOf(verb, "--min-coverage is about all tests; leave --filter out");
    options.coverage = true;
  }
  if (auto farewell = Choose(verb, "format", options.format,
                             {{"text", TestFormat::Text}, {"json", TestFormat::Json}, {"junit", TestFormat::Junit}})) {
    return std::move(*farewell);
  }
  return VerbOptions(std::move(options));
}

Result ReadFmt(const VerbTable& verb) {
  FmtOptions options{.files = verb.positional(), .check = verb.IsGiven("check"), .diff = verb.IsGiven("diff")};
  if (options.files.empty()) return UsageOf(verb, "which files? give sources, or - for standard input");
  const bool has_stream = std::find(options.files.begin(), options.files.end(), "-") != options.files.end();
  if (has_stream && options.files.size() > 1) return UsageOf(verb, "- stands alone: the result goes to standard output");
  return VerbOptions(std::move(options));
}

std::variant<CommandLine, Farewell> ReadVerb(AllVerbs& verbs, const VerbTable& verb) {
  if (const std::string twice = verb.GivenTwice(); !twice.empty()) {
    return UsageOf(verb, fmt::format("{}{} was given twice", twice.size() == 1 ? "-" : "--", twice));
  }
  CommandLine line;
  if (auto farewell = Choose(verb, "color", line.color,
                             {{"auto", ColorChoice::Auto}, {"always", ColorChoice::Always}, {"never", ColorChoice::Never}})) {
    return std::move(*farewell);
  }
  Result result = &verb == &verbs.check    ? ReadCheck(verb)
                  : &verb == &verbs.build  ? ReadBuild(verb)
                  : &verb == &verbs.query  ? ReadQuery(verb)
                  : &verb == &verbs.matrix ? ReadMatrix(verb)
                  : &verb == &verbs.dump   ? ReadDump(verb)
                  : &verb == &verbs.fmt    ? ReadFmt(verb)
                  : &verb == &verbs.test   ? ReadTest(verb)
                  : &verb == &verbs.due    ? ReadDue(verb)
                  : &verb == &verbs.forecast ? ReadForecast(verb)
                                           : ReadExplain(verb);
  if (auto* farewell = std::get_if<Farewell>(&result)) return std::move(*farewell);
  line.verb = std::move(std::get<VerbOptions>(result));
  return line;
}

// llvm::cl says "Unknown command line argument '--persn'.  Try: …" and, on a line
// of its own, "Did you mean '--person'?". One sentence of ours from both.
std::string Reworded(const std::string& said) {
  const auto quoted_after = [&](std::string_view words) -> std::string {
    const size_t at = said.find(words);
    if (at == std::string::npos) return {};
    const size_t begin = said.find('\'', at) + 1;
    return said.substr(begin, said.find('\'', begin) - begin);
  };
  const std::string unknown = quoted_after("Unknown command line argument");
  if (unknown.empty()) return said;
  const std::string close = quoted_after("Did you mean");
  return fmt::format("there is no option `{}`{}", unknown,
                     close.empty() || close == "-h" ? "" : fmt::format("; did you mean `{}`?", close));
}

std::variant<CommandLine, Farewell> ParseVerb(AllVerbs& verbs, const VerbTable& verb, std::vector<const char*> arguments) {
  std::string said;
  llvm::raw_string_ostream errors(said);
  const bool is_read = llvm::cl::ParseCommandLineOptions(static_cast<int>(arguments.size()), arguments.data(), "", &errors);
  errors.flush();
  if (is_read) return ReadVerb(verbs, verb);
  // A missing value is printed by llvm::cl itself and leaves nothing here.
  if (said.empty()) return Usage(fmt::format("sodc {} --help shows its options\n", std::string(verb.name())));
  return UsageOf(verb, Reworded(said));
}

bool IsHelp(std::string_view argument) { return argument == "--help" || argument == "-h" || argument == "-help"; }

}  // namespace

std::variant<CommandLine, Farewell> ParseCommandLine(int argc, const char* const* argv) {
  const std::vector<std::string_view> words(argv + std::min(argc, 1), argv + argc);
  if (!words.empty() && words[0] == "--version") {
    return Farewell{ExitCode::Fine, "sodc " SODC_VERSION " (language 1, table format 1.0)\n"};
  }
  AllVerbs verbs;
  if (words.empty()) return Usage(Overview(verbs));
  const bool wants_help = words[0] == "help" || IsHelp(words[0]);
  if (wants_help && words.size() == 1) return Farewell{ExitCode::Fine, Overview(verbs)};

  const std::string_view wanted = words[wants_help ? 1 : 0];
  std::vector<std::string_view> names;
  for (const VerbTable* verb : verbs.all()) {
    names.push_back({verb->name().data(), verb->name().size()});
    if (wanted != names.back()) continue;
    if (wants_help || std::any_of(words.begin() + 1, words.end(), IsHelp)) return Farewell{ExitCode::Fine, verb->Help()};
    std::vector<const char*> arguments(argv, argv + argc);
    arguments[0] = "sodc";
    auto result = ParseVerb(verbs, *verb, std::move(arguments));
    llvm::cl::ResetCommandLineParser();
    return result;
  }
  return Usage(fmt::format("sodc: there is no verb `{}`{}\nsodc --help lists the verbs\n", wanted,
                           DidYouMean(wanted, names)));
}

}  // namespace sodc
