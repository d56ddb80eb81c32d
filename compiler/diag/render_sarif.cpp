// SARIF 2.1.0, as GitHub code scanning and GitLab read it.
#include <algorithm>
#include <set>

#include <llvm/Support/JSON.h>
#include <llvm/Support/raw_ostream.h>

#include "compiler/diag/reported.h"

namespace sodc {
namespace {

// GitHub keeps 5000 results of a run. The gravest are kept; a notification counts the others.
constexpr size_t kMostResults = 5000;
// GitHub refuses longer descriptions of a rule.
constexpr size_t kMostDescription = 1000;

std::string Text(std::string_view text) { return llvm::json::fixUTF8(llvm::StringRef(text.data(), text.size())); }

// A message may hold links, `[text](1)`; brackets of ours must not look like one.
std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return Text(escaped);
}

// A relative reference, or a file URI for what lies outside of the folder sodc ran in.
std::string UriOf(std::string_view path) {
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                          c == '.' || c == '_' || c == '~' || c == '/';
    if (is_plain) {
      uri += c;
    } else {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return uri;
}

// `RoleBreaksConflict` → "Role breaks conflict".
std::string Words(std::string_view name) {
  std::string words;
  for (const char c : name) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    if (is_upper && !words.empty()) words += ' ';
    words += is_upper && !words.empty() ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return words;
}

std::string FirstParagraph(std::string_view page) {
  const size_t begin = std::min(page.find("\n\n"), page.size());
  page.remove_prefix(std::min(begin + 2, page.size()));
  std::string paragraph(page.substr(0, std::min(page.find("\n\n"), kMostDescription)));
  std::replace(paragraph.begin(), paragraph.end(), '\n', ' ');
  while (paragraph.ends_with(' ')) paragraph.pop_back();
  return Text(paragraph);
}

// Of findings only: errors of the language are no security alerts. By GitHub's scale of 0 to 10.
std::string_view SecuritySeverityOf(Severity severity) {
  switch (severity) {
    case Severity::Note: return "2.0";
    case Severity::Warning: return "5.0";
    case Severity::Error: return "8.0";
  }
  return "8.0";
}

// 0 to 100, by which GitLab sorts.
int64_t RankOf(Severity severity) {
  switch (severity) {
    case Severity::Note: return 20;
    case Severity::Warning: return 50;
    case Severity::Error: return 80;
  }
  return 80;
}

class SarifRenderer {
 public:
  SarifRenderer(const Report& report, llvm::json::OStream& json) : report_(report), json_(json) {
    for (const Reported& reported : ListOf(report)) {
      if (!reported.is_repetition) results_.push_back(reported);
    }
    LeaveOutTheLeast();
    for (const Reported& reported : results_) {
      kinds_.insert(reported.diagnostic->kind);
      is_any_allowed_ |= reported.diagnostic->allowance.has_value();
    }
  }

  void Run() {
    json_.object([&] {
      json_.attribute("$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json");
      json_.attribute("version", "2.1.0");
      json_.attributeArray("runs", [&] { json_.object([&] { WriteRun(); }); });
    });
  }

 private:
  void LeaveOutTheLeast() {
    if (results_.size() <= kMostResults) return;
    left_out_ = results_.size() - kMostResults;
    const auto weight = [](const Reported& reported) {
      return reported.diagnostic->allowance ? -1 : static_cast<int>(reported.diagnostic->severity);
    };
    std::stable_sort(results_.begin(), results_.end(),
                     [&](const Reported& a, const Reported& b) { return weight(a) > weight(b); });
    results_.resize(kMostResults);
  }

  void WriteRun() {
    json_.attributeObject("tool", [&] { json_.attributeObject("driver", [&] { WriteDriver(); }); });
    json_.attributeObject("automationDetails", [&] { json_.attribute("id", "sodc/check/"); });
    json_.attribute("columnKind", "utf16CodeUnits");
    json_.attributeArray("invocations", [&] { json_.object([&] { WriteInvocation(); }); });
    json_.attributeArray("results", [&] {
      for (const Reported& reported : results_) json_.object([&] { WriteResult(reported); });
    });
  }

  void WriteDriver() {
    json_.attribute("name", "sodc");
    json_.attribute("semanticVersion", report_.version);
    json_.attributeArray("rules", [&] {
      for (const DiagKind kind : kinds_) json_.object([&] { WriteRule(kind); });
    });
  }

  void WriteRule(DiagKind kind) {
    const std::string_view page = report_.page_of ? report_.page_of(kind) : std::string_view();
    const std::string title = Words(NameOf(kind));
    const std::string description = FirstParagraph(page);
    json_.attribute("id", CodeOf(kind));
    json_.attribute("name", Text(NameOf(kind)));
    TextObject("shortDescription", title);
    TextObject("fullDescription", description.empty() ? title : description);
    json_.attributeObject("help", [&] {
      json_.attribute("text", page.empty() ? title : Text(page));
      if (!page.empty()) json_.attribute("markdown", Text(page));
    });
    json_.attributeObject("defaultConfiguration", [&] { Level(DefaultSeverity(kind)); });
    json_.attributeObject("properties", [&] {
      json_.attributeArray("tags", [&] {
        json_.value(IsFinding(kind) ? "separation-of-duties" : "language");
        if (IsFinding(kind)) json_.value("security");
      });
      if (IsFinding(kind)) json_.attribute("security-severity", Text(SecuritySeverityOf(DefaultSeverity(kind))));
    });
  }

  void WriteInvocation() {
    const bool is_unread = std::any_of(results_.begin(), results_.end(), [](const Reported& reported) {
      return reported.diagnostic->kind == DiagKind::FileUnreadable;
    });
    json_.attribute("executionSuccessful", !is_unread);
    if (left_out_ == 0) return;
    json_.attributeArray("toolExecutionNotifications", [&] {
      json_.object([&] {
        json_.attribute("level", "warning");
        TextObject("message", fmt::format("{} further results are left out", left_out_));
      });
    });
  }

  void WriteResult(const Reported& reported) {
    const Diagnostic& diagnostic = *reported.diagnostic;
    const auto rule = std::distance(kinds_.begin(), kinds_.find(diagnostic.kind));
    json_.attribute("ruleId", CodeOf(diagnostic.kind));
    json_.attribute("ruleIndex", static_cast<int64_t>(rule));
    Level(diagnostic.severity);
    json_.attribute("rank", RankOf(diagnostic.severity));
    TextObject("message", MessageOf(diagnostic));
    json_.attributeArray("locations", [&] { json_.object([&] { PhysicalLocation(reported.place); }); });
    if (!diagnostic.labels.empty()) json_.attributeArray("relatedLocations", [&] { WriteLabels(reported); });
    json_.attributeObject("partialFingerprints", [&] {
      json_.attribute("primaryLocationLineHash",
                      fmt::format("{}:{}", reported.fingerprint.substr(0, 16), reported.occurrence));
      json_.attribute("sodDiagnostic/v1", reported.fingerprint);
    });
    WriteSuppressions(reported);
    if (!diagnostic.fixes.empty()) json_.attributeArray("fixes", [&] { json_.object([&] { WriteFix(reported); }); });
  }

  // Related places are shown only where the message links them.
  static std::string MessageOf(const Diagnostic& diagnostic) {
    std::string text = Escaped(diagnostic.message);
    for (size_t i = 0; i < diagnostic.labels.size(); ++i) {
      const std::string& label = diagnostic.labels[i].text;
      text += fmt::format("; [{}]({})", label.empty() ? "see here" : Escaped(label), i + 1);
    }
    if (!diagnostic.help.empty()) text += ". Help: " + Escaped(diagnostic.help);
    return text;
  }

  void WriteLabels(const Reported& reported) {
    int64_t id = 0;
    for (const Label& label : reported.diagnostic->labels) {
      json_.object([&] {
        json_.attribute("id", ++id);
        PhysicalLocation(PlaceOf(*reported.policy, label.span));
        TextObject("message", Escaped(label.text));
      });
    }
  }

  // An empty list says that somebody looked and suppressed nothing; SARIF wants all results
  // of a run to have one, or none.
  void WriteSuppressions(const Reported& reported) {
    if (!is_any_allowed_) return;
    json_.attributeArray("suppressions", [&] {
      const auto& allowance = reported.diagnostic->allowance;
      if (!allowance) return;
      json_.object([&] {
        json_.attribute("kind", "inSource");
        json_.attribute("status", "accepted");
        json_.attribute("justification", Text(allowance->because));
        if (!allowance->span.is_valid()) return;
        json_.attributeObject("location", [&] { PhysicalLocation(PlaceOf(*reported.policy, allowance->span)); });
      });
    });
  }

  // Applied together: one fix, its replacements by file.
  void WriteFix(const Reported& reported) {
    const Diagnostic& diagnostic = *reported.diagnostic;
    if (!diagnostic.help.empty()) TextObject("description", Escaped(diagnostic.help));
    std::set<FileId> files;
    for (const FixIt& fix : diagnostic.fixes) files.insert(fix.span.file);
    json_.attributeArray("artifactChanges", [&] {
      for (const FileId file : files) json_.object([&] { WriteChange(reported, file); });
    });
  }

  void WriteChange(const Reported& reported, FileId file) {
    ArtifactLocation(PlaceOf(*reported.policy, {file, 0, 0}));
    json_.attributeArray("replacements", [&] {
      for (const FixIt& fix : reported.diagnostic->fixes) {
        if (fix.span.file != file) continue;
        json_.object([&] {
          json_.attributeObject("deletedRegion", [&] { Region(PlaceOf(*reported.policy, fix.span)); });
          TextObject("insertedContent", Text(fix.replacement));
        });
      }
    });
  }

  void PhysicalLocation(const Place& place) {
    json_.attributeObject("physicalLocation", [&] {
      ArtifactLocation(place);
      json_.attributeObject("region", [&] { Region(place); });
    });
  }

  void ArtifactLocation(const Place& place) {
    json_.attributeObject("artifactLocation", [&] {
      json_.attribute("uri", UriOf(place.path));
      if (place.is_standard_library) json_.attribute("uriBaseId", "SODC_STDLIB");
    });
  }

  void Region(const Place& place) {
    json_.attribute("startLine", place.begin.line);
    json_.attribute("startColumn", place.begin.utf16_column);
    json_.attribute("endLine", place.end.line);
    json_.attribute("endColumn", place.end.utf16_column);
  }

  void Level(Severity severity) { json_.attribute("level", Text(SpellingOf(severity))); }

  void TextObject(llvm::StringRef name, const std::string& text) {
    json_.attributeObject(name, [&] { json_.attribute("text", Text(text)); });
  }

  const Report& report_;
  llvm::json::OStream& json_;
  std::vector<Reported> results_;
  std::set<DiagKind> kinds_;  // ordered: the rules
  size_t left_out_ = 0;
  bool is_any_allowed_ = false;
};

}  // namespace

std::string RenderSarif(const Report& report) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::json::OStream json(stream, 2);
  SarifRenderer(report, json).Run();
  json.flush();
  stream.flush();
  return text + "\n";
}

}  // namespace sodc
