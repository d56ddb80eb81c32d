// The command line as plain structs, one a verb. Nothing of llvm::cl leaves
// options.cpp, and no verb looks at argv.
#ifndef SODC_DRIVER_OPTIONS_H_
#define SODC_DRIVER_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "compiler/driver/exit_code.h"
#include "sod/documents.h"
#include "sod/query.h"

namespace sodc {

enum class ColorChoice : uint8_t { Auto, Always, Never };
enum class TextFormat : uint8_t { Text, Json };
enum class CheckFormat : uint8_t { Text, Json, Sarif, Gitlab, Junit, Github };
enum class EmitStage : uint8_t { Bytes, Ast, Model, Table };

struct CheckOptionsOfVerb {
  std::vector<std::string> files = {};
  CheckFormat format = CheckFormat::Text;
  std::string as_of = {};
  bool undated = false;
  bool werror = false;
  bool completeness = false;
  bool fix = false;
  bool fix_dry_run = false;
};

struct BuildOptions {
  std::string file = {};
  std::string output = {};
  std::string deps = {};
  bool no_people = false;
  bool deny_findings = false;
  EmitStage emit = EmitStage::Bytes;
};

// Exactly one of the selectors is given.
enum class QuerySelector : uint8_t { Person, Account, Role, Holds, All, WhoCan, Process };

struct QueryOptions {
  std::string policy = {};
  QuerySelector selector = QuerySelector::All;
  std::string name = {};                     // of Person, Account, Role, WhoCan, Process
  std::vector<std::string> holds = {};
  std::string assignments = {};              // a CSV file, or empty
  std::vector<std::string> requests = {};    // what is granted and
  std::vector<std::string> revocations = {}; // taken away at once
  std::vector<std::string> without = {};     // controls and systems
  std::string as_of = {};
  TextFormat format = TextFormat::Text;
  // Exit 1 for this verdict and worse ones; nothing: never.
  std::optional<sod::Verdict> fail_on = sod::Verdict::NeedsApproval;
};

// `query --history`: a history, or one act more.
struct HistoryOptions {
  std::string policy = {};
  std::string history = {};
  std::string act = {};                      // a duty; empty: the whole history is judged
  std::string object = {};                   // `KIND:ID`, or an id of the kind that the duty is on
  std::string person = {};                   // one of these, with an act
  std::string account = {};
  std::string at = {};                       // an instant or a day, or empty
  std::vector<std::string> attributes = {};  // `NAME=VALUE` of the object, with an act
  bool is_final = false;                     // nothing more will come
  TextFormat format = TextFormat::Text;
  std::optional<sod::Verdict> fail_on = sod::Verdict::NeedsApproval;
};

// `query --session`: what is active in one session, and whether one thing more may be.
struct SessionOptions {
  std::string policy = {};
  std::string person = {};
  std::vector<std::string> active = {};      // duties and roles
  std::string activate = {};
  bool is_activation = false;                // --activate is given, with whatever name
  std::string as_of = {};
  TextFormat format = TextFormat::Text;
  std::optional<sod::Verdict> fail_on = sod::Verdict::NeedsApproval;
};

struct MatrixVerbOptions {
  std::string policy = {};
  std::optional<std::string> document = {};
  sod::MatrixView view = sod::MatrixView::Pairs;
  sod::MatrixFormat format = sod::MatrixFormat::Markdown;
  std::string output = {};                   // empty or `-`: standard output
  std::string as_of = {};
};

struct ExplainOptions {
  std::string name = {};    // a diagnostic by code or name, or something declared
  std::string clause = {};  // of a framework, or empty
  std::string policy = {};  // where the name is declared; empty: the standard library
  std::string as_of = {};   // what is in force then; of a policy
};

struct DumpOptions {
  std::string table = {};
  TextFormat format = TextFormat::Text;
};

struct FmtOptions {
  std::vector<std::string> files = {};  // `-`, or sources
  bool check = false;
  bool diff = false;
};

enum class TestFormat : uint8_t { Text, Json, Junit };
struct TestOptions {
  std::vector<std::string> files = {};
  TestFormat format = TestFormat::Text;
  std::string filter = {};                   // of titles, `*` for anything; empty: all
  std::string as_of = {};                    // of tests that state no day
  bool coverage = false;
  std::optional<uint32_t> min_coverage = {}; // per cent
};

// Exit 1 for these.
enum class DueFailure : uint8_t { Never, Overdue, Due };
struct DueOptions {
  std::string policy = {};
  std::string within = "30d";
  std::string as_of = {};
  TextFormat format = TextFormat::Text;
  DueFailure fail_on = DueFailure::Never;
};

struct ForecastOptions {
  std::string policy = {};
  std::string person = {};                   // or empty: everybody
  std::string within = "90d";
  std::string until = {};                    // a day or month instead, or empty
  std::string as_of = {};
  TextFormat format = TextFormat::Text;
  // Exit 1 when a conflict comes to be this or worse; nothing: never.
  std::optional<sod::Verdict> fail_on = {};
};

using VerbOptions = std::variant<CheckOptionsOfVerb, BuildOptions, QueryOptions, HistoryOptions, SessionOptions, MatrixVerbOptions,
                                 ExplainOptions, DumpOptions, FmtOptions, TestOptions, DueOptions,
                                 ForecastOptions>;

struct CommandLine {
  ColorChoice color = ColorChoice::Auto;
  std::string import_root = {};  // of verbs that read sources, or empty
  VerbOptions verb;
};

// Instead of a command line: what to print and how to end (help, version, usage errors).
struct Farewell {
  ExitCode code = ExitCode::Usage;
  std::string text = {};  // to standard output when code is Fine, else to standard error
};

std::variant<CommandLine, Farewell> ParseCommandLine(int argc, const char* const* argv);

}  // namespace sodc

#endif  // SODC_DRIVER_OPTIONS_H_
