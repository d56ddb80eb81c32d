// Text for people and JSON for programs (schema sod.session/1) of one session.
#include "compiler/driver/session_output.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "compiler/driver/conflict_words.h"
#include "compiler/driver/control_words.h"
#include "compiler/driver/path_words.h"
#include "compiler/driver/plural.h"
#include "compiler/driver/waiver_words.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

namespace sodc {
namespace {

constexpr std::string_view kHeldKindWords[] = {"duty", "role", "entitlement"};

class SessionProse {
 public:
  SessionProse(const AnswerFrame& frame, const sod::SessionAnswer& session, const std::vector<sod::SessionThing>& passed_over)
      : frame_(frame), table_(frame.table), session_(session), passed_over_(passed_over), words_(frame.table), ways_(frame.table, session.answer) {}

  std::string Write() {
    const size_t count = session_.answer.conflicts.size();
    const sod::Subject& subject = session_.answer.subject;
    Line("{}, in one session on {}: {}; {}.", subject.title.empty() ? sodc::NameOf(subject) : SafeText(subject.title), frame_.as_of, WordsOf(session_.verdict),
         count == 0 ? "no conflict of the session" : Plural(count, "conflict"));
    Line("\nActive: {}.", session_.active.empty() ? "nothing" : Names(session_.active));
    if (!passed_over_.empty()) Line("Named by the same word, and not held so that it could be activated: {}.", fmt::join(Names(passed_over_), ", "));
    if (session_.added) Line("Activating {}, too: {}.", NameOf(*session_.added), WordsOf(*session_.added_verdict));
    for (size_t i = 0; i < count; ++i) WriteConflict(i + 1, session_.answer.conflicts[i]);
    if (!session_.unknown.empty()) Line("\nNot known:");
    for (const std::string& unknown : session_.unknown) Line("  - {}", SafeText(unknown));
    WriteSafeSets();
    if (!session_.answer.not_checked.empty()) Line("\nNot judged:");
    for (const sod::NotChecked& item : session_.answer.not_checked) {
      if (item.what.empty()) Line("  - {} ({})", SafeText(item.id), item.rule_class);
      else Line("  - {} (`{}` of this {})", SafeText(item.id), fmt::join(item.what, "`, `"), item.rule_class);
    }
    text_ += "\n" + Provenance(frame_);
    return std::move(text_);
  }

 private:
  template <typename... Args>
  void Line(fmt::format_string<Args...> format, Args&&... args) {
    text_ += fmt::format(format, std::forward<Args>(args)...) + "\n";
  }

  std::string NameOf(sod::HeldKind kind, uint32_t target) const {
    const sod::Named held = NameOfHeld(table_, {.kind = kind, .target = target});
    if (kind == sod::HeldKind::Role) return RoleInWords(table_, held);
    return (kind == sod::HeldKind::Entitlement ? "the entitlement " : "") + SafeText(held.title);
  }
  std::string NameOf(uint32_t index) const { return NameOf(session_.things[index].kind, session_.things[index].target); }
  std::string Names(const std::vector<uint32_t>& indices) const {
    std::vector<std::string> names;
    for (const uint32_t index : indices) names.push_back(NameOf(index));
    return fmt::format("{}", fmt::join(names, ", "));
  }

  std::vector<std::string> Names(const std::vector<sod::SessionThing>& things) const {
    std::vector<std::string> names;
    for (const sod::SessionThing& thing : things) names.push_back(NameOf(thing.kind, thing.target));
    return names;
  }

  void WriteConflict(size_t number, const sod::Conflict& conflict) {
    const sod::RuleDescription facts = Describe(table_, conflict.rule, conflict.judged_at);
    Line("\n{}. {}: {}.", number, words_.NameOf(conflict, facts), WordsOf(conflict.disposition));
    if (session_.added) Line("   {}", WordsOfOrigin(conflict));
    for (const sod::ConflictSide& side : conflict.sides) {
      for (const sod::Witness& witness : side.witnesses) WriteWitness(witness);
    }
    if (!facts.because.empty()) Line("   Because: {}", AsSentence(facts.because));
    for (const sod::JudgedControl& control : conflict.controls) {
      if (control.counts()) Line("   {} Counts.", AsSentence(control.name.title));
      for (const sod::RejectedBecause& because : control.because) Line("   {} Does not count: {}.", AsSentence(control.name.title), SafeText(ReasonInWords(because)));
    }
    for (const std::string& line : WaiversInWords(table_, conflict)) Line("   {}.", line);
    if (!facts.file.empty()) Line("   Stated in {}:{}:{} as {}.", SafeText(facts.file), facts.line, facts.column, SafeText(facts.rule.name));
  }

  static std::string WordsOfOrigin(const sod::Conflict& conflict) {
    if (conflict.introduced) return "It comes with what is activated.";
    if (!conflict.worsened_to) return "It is there without what is activated.";
    return fmt::format("What is activated makes it worse; without it: {}.", WordsOf(conflict.before));
  }

  void WriteWitness(const sod::Witness& witness) {
    std::string what = NameOf(witness.kind, witness.target);
    what += ConflictWords::Capacity(DescribeElement(table_, witness.element).capacity);
    std::vector<std::string> lines;
    for (const sod::Path& path : witness.paths) {
      std::string line = fmt::format("{}{}{}", what, ways_.Clause(witness, path), PathWords::Condition(path));
      if (std::ranges::find(lines, line) == lines.end()) lines.push_back(std::move(line));
    }
    for (const std::string& line : lines) Line("   Active: {}.", line);
    if (witness.more_paths > 0) Line("   There are {} to it.", Plural(witness.more_paths, "more way"));
  }

  void WriteSafeSets() {
    if (session_.things.empty()) return;
    Line("\nThe largest sets that break no rule per session:");
    for (const auto& set : session_.safe_sets) Line("  - {}", set.empty() ? "nothing" : Names(set));
    const size_t rest = session_.safe_set_count - session_.safe_sets.size();
    if (session_.is_count_cut_off) Line("  and at least {}; counting ended there", Plural(rest, "more set"));
    else if (rest > 0) Line("  and {}", Plural(rest, "more set"));
  }

  const AnswerFrame& frame_;
  const sod::Table& table_;
  const sod::SessionAnswer& session_;
  const std::vector<sod::SessionThing>& passed_over_;
  ConflictWords words_;
  PathWords ways_;
  std::string text_;
};

class SessionWriter {
 public:
  SessionWriter(const AnswerFrame& frame, const sod::SessionAnswer& session, const std::vector<sod::SessionThing>& passed_over,
                llvm::json::OStream& out)
      : frame_(frame), table_(frame.table), session_(session), passed_over_(passed_over), out_(out) {}

  void Write() {
    out_.attribute("schema", "sod.session/1");
    out_.attribute("sodc", SODC_VERSION);
    Text("policy", table_.policy_name());
    out_.attribute("table_sha256", table_.table_sha256());
    out_.attribute("as_of", frame_.as_of);
    out_.attributeObject("person", [&] {
      out_.attribute("id", session_.answer.subject.id);
      out_.attribute("title", session_.answer.subject.title);
    });
    Things("active", session_.active);
    out_.attributeArray("not_held", [&] {
      for (const sod::SessionThing& thing : passed_over_) out_.object([&] { KindAndId(thing.kind, thing.target); });
    });
    out_.attributeBegin("activate");
    if (session_.added) Thing(*session_.added);
    else out_.value(nullptr);
    out_.attributeEnd();
    Text("verdict", SpellingOf(session_.verdict));
    if (session_.added_verdict) Text("activate_verdict", SpellingOf(*session_.added_verdict));
    else out_.attribute("activate_verdict", nullptr);
    out_.attributeArray("conflicts", [&] {
      for (const sod::Conflict& conflict : session_.answer.conflicts) out_.object([&] { WriteConflict(conflict); });
    });
    out_.attributeArray("unknown", [&] {
      for (const std::string& unknown : session_.unknown) out_.value(unknown);
    });
    out_.attributeArray("safe_sets", [&] {
      for (const auto& set : session_.safe_sets) {
        out_.array([&] {
          for (const uint32_t index : set) Thing(index);
        });
      }
    });
    out_.attribute("more_safe_sets", session_.safe_set_count - session_.safe_sets.size());
    out_.attribute("truncated", session_.is_count_cut_off);
    out_.attributeArray("not_checked", [&] {
      for (const sod::NotChecked& item : session_.answer.not_checked) out_.value(item.id);
    });
  }

 private:
  void Text(const char* key, std::string_view text) { out_.attribute(key, llvm::StringRef(text.data(), text.size())); }

  void KindAndId(sod::HeldKind kind, uint32_t target) {
    Text("kind", kHeldKindWords[static_cast<uint8_t>(kind)]);
    const sod::Named held = NameOfHeld(table_, {.kind = kind, .target = target});
    Text("id", held.name);
    Text("title", held.title);
  }
  void Thing(uint32_t index) {
    out_.object([&] { KindAndId(session_.things[index].kind, session_.things[index].target); });
  }
  void Things(const char* key, const std::vector<uint32_t>& indices) {
    out_.attributeArray(key, [&] {
      for (const uint32_t index : indices) Thing(index);
    });
  }

  void WriteConflict(const sod::Conflict& conflict) {
    const sod::RuleDescription facts = Describe(table_, conflict.rule, conflict.judged_at);
    Text("id", facts.rule.name);
    Text("verdict", SpellingOf(conflict.disposition));
    out_.attribute("introduced", conflict.introduced);
    out_.attribute("worsened", conflict.worsened_to.has_value());
    Text("because", facts.because);
    out_.attributeArray("controls", [&] {
      for (const sod::JudgedControl& control : conflict.controls) out_.object([&] { Judged(control.name, "counts", control.counts(), control.because); });
    });
    out_.attributeArray("waivers", [&] {
      for (const sod::JudgedWaiver& waiver : conflict.waivers) out_.object([&] { Judged(waiver.name, "used", waiver.is_used, waiver.because); });
    });
    out_.attributeArray("sides", [&] {
      for (const sod::ConflictSide& side : conflict.sides) {
        out_.array([&] {
          for (const sod::Witness& witness : side.witnesses) out_.object([&] { WriteWitness(witness); });
        });
      }
    });
  }

  template <typename Reasons>
  void Judged(const sod::Named& name, const char* key, bool is_so, const Reasons& reasons) {
    Text("id", name.name);
    out_.attribute(key, is_so);
    out_.attributeArray("reasons", [&] {
      for (const auto& because : reasons) {
        const std::string_view spelling = SpellingOf(because.reason);
        out_.value(llvm::StringRef(spelling.data(), spelling.size()));
      }
    });
  }

  void WriteWitness(const sod::Witness& witness) {
    KindAndId(witness.kind, witness.target);
    out_.attributeArray("paths", [&] {
      for (const sod::Path& path : witness.paths) {
        out_.array([&] {
          for (const sod::PathStep& step : path) {
            out_.object([&] {
              Text("kind", step.kind);
              out_.attribute("id", step.id);
              out_.attribute("title", step.title);
            });
          }
        });
      }
    });
    out_.attribute("more_paths", witness.more_paths);
  }

  const AnswerFrame& frame_;
  const sod::Table& table_;
  const sod::SessionAnswer& session_;
  const std::vector<sod::SessionThing>& passed_over_;
  llvm::json::OStream& out_;
};

}  // namespace

std::string SessionText(const AnswerFrame& frame, const sod::SessionAnswer& answer, const std::vector<sod::SessionThing>& passed_over) {
  return SessionProse(frame, answer, passed_over).Write();
}

std::string SessionJson(const AnswerFrame& frame, const sod::SessionAnswer& answer, const std::vector<sod::SessionThing>& passed_over, bool is_compact) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  llvm::json::OStream out(stream, is_compact ? 0 : 2);
  out.object([&] { SessionWriter(frame, answer, passed_over, out).Write(); });
  stream.flush();
  return is_compact ? text : text + "\n";
}

}  // namespace sodc
