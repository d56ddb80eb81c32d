// Schema sod.query/1: docs/schema/sod.query-1.schema.json, held by tests/lit/query.
#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "compiler/driver/answer_output.h"
#include "compiler/driver/change_output.h"
#include "compiler/driver/change_words.h"
#include "compiler/driver/condition_words.h"
#include "compiler/driver/holder_output.h"
#include "compiler/driver/process_output.h"
#include "compiler/driver/request_words.h"
#include "compiler/driver/requirement_words.h"
#include "compiler/driver/waiver_json.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"
#include "sod/describe.h"

namespace sodc {

namespace json = llvm::json;

namespace {

llvm::StringRef Ref(std::string_view text) { return {text.data(), text.size()}; }

json::Value OrNull(std::string_view text) {
  if (text.empty()) return nullptr;
  return json::Value(Ref(text));
}

class AnswerWriter {
 public:
  AnswerWriter(const AnswerFrame& frame, json::OStream& out) : table_(frame.table), frame_(frame), out_(out) {}

  void WriteHeader(const char* schema) {
    out_.attribute("schema", schema);
    out_.attribute("sodc", SODC_VERSION);
    out_.attribute("language", table_.language_version());
    out_.attribute("policy", Ref(table_.policy_name()));
    out_.attribute("revision", table_.policy_revision());
    out_.attribute("table_sha256", table_.table_sha256());
    out_.attribute("as_of", frame_.as_of);
  }

  void WriteAnswer(const sod::Answer& answer, const Outlook& outlook) {
    WriteHeader("sod.query/1");
    out_.attribute("controls_evaluated", true);
    out_.attributeObject("subject", [&] { WriteSubject(answer.subject); });
    out_.attributeArray("holds", [&] { WriteHolds(answer); });
    WriteRequest(answer);
    WriteVerdicts(answer);
    WriteFrameworks(answer);
    out_.attributeArray("conflicts", [&] {
      for (const sod::Conflict& conflict : answer.conflicts) out_.object([&] { WriteConflict(answer, conflict); });
    });
    if (answer.request_verdict) {
      out_.attributeArray("removed", [&] {
        for (const sod::Conflict& conflict : answer.removed) out_.object([&] { WriteConflict(answer, conflict); });
      });
    }
    WriteAssignments(table_, answer, out_);
    WriteLosses(table_, answer, out_);
    WriteRequirements(table_, outlook.requirements, answer.request_verdict.has_value(), out_);
    if (answer.request_verdict) WriteProcessChanges(table_, outlook.processes, out_);
    if (answer.request_verdict) WriteHolderChanges(table_, outlook.holders, out_);
    out_.attributeArray("not_checked", [&] {
      for (const sod::NotChecked& item : answer.not_checked) {
        out_.object([&] {
          out_.attribute("id", Ref(item.id));
          out_.attribute("class", Ref(item.rule_class));
          out_.attributeArray("what", [&] {
            for (const std::string_view what : item.what) out_.value(Ref(what));
          });
        });
      }
    });
    WriteOutlook(outlook);
    out_.attribute("state_sha256", outlook.state);
    WriteTruncated(answer);
  }

  void WriteHeld(const sod::Holding& holding) {
    const bool is_duty = holding.kind == sod::HeldKind::Duty;
    const uint32_t level = holding.level == sod::kNone ? TopLevel() : holding.level;
    WriteHeldThing(holding.kind, NameOfHeld(table_, holding), is_duty ? level : sod::kNone);
    WriteInterval(holding.from, holding.until);
  }

 private:
  uint32_t TopLevel() const { return table_.level_count() == 0 ? sod::kNone : table_.level_count() - 1; }

  // `duty`, `role` or `entitlement` with title; `level` only where the policy has access levels.
  void WriteHeldThing(sod::HeldKind kind, sod::Named name, uint32_t level) {
    out_.attribute(kind == sod::HeldKind::Role ? "role" : kind == sod::HeldKind::Duty ? "duty" : "entitlement",
                   Ref(name.name));
    out_.attribute("title", Ref(name.title));
    if (level != sod::kNone && table_.level_count() > 0) {
      out_.attribute("level", Ref(table_.level(level).name));
    }
  }

  // Where something is held; nothing for everywhere.
  void WriteBoxes(const std::vector<sod::ScopeBox>& boxes) {
    out_.attributeArray("scopes", [&] {
      for (const sod::ScopeBox& box : boxes) out_.value(table_.ScopeInWords(box));
    });
  }

  // "company_code 1000"; "company_code *" for the whole dimension.
  std::string PlaceInWords(const sod::ScopePlace& place) const {
    const std::string_view node = place.node == sod::kNone ? "*" : table_.scope_node(place.node).name;
    return std::string(table_.dimension(place.dimension).name) + " " + std::string(node);
  }
  std::string PlacesInWords(const std::vector<sod::ScopePlace>& places) const {
    std::string words;
    for (const sod::ScopePlace& place : places) words += (words.empty() ? "" : ", ") + PlaceInWords(place);
    return words;
  }

  void WriteInterval(sod::Instant from, sod::Instant until) {
    out_.attribute("from", OrNull(FirstDay(table_, from)));
    out_.attribute("until", OrNull(LastDay(table_, until)));
  }

  void WriteSubject(const sod::Subject& subject) {
    out_.attribute("kind", Ref(WordOf(subject.kind)));
    out_.attribute("id", OrNull(subject.id));
    out_.attribute("title", OrNull(subject.title));
    out_.attributeArray("accounts", [&] {
      for (const sod::SubjectAccount& account : subject.accounts) {
        out_.object([&] {
          out_.attribute("system", Ref(account.system));
          out_.attribute("id", Ref(account.identifier));
        });
      }
    });
    out_.attribute("complete", subject.is_complete);
    out_.attributeArray("incomplete", [&] {
      for (const sod::Incompleteness& gap : subject.incomplete) {
        out_.object([&] {
          out_.attribute("reason", gap.reason);
          out_.attribute("what", gap.what);
        });
      }
    });
    out_.attributeArray("assumptions", [&] {
      for (const std::string& assumption : subject.assumptions) out_.value(assumption);
    });
  }

  void WriteHolds(const sod::Answer& answer) {
    for (const sod::HeldRole& held : answer.roles) {
      out_.object([&] {
        WriteHeldThing(sod::HeldKind::Role, table_.role(held.role), sod::kNone);
        WriteBoxes(held.boxes);
        WriteInterval(held.from, held.until);
      });
    }
    for (const sod::HeldDuty& held : answer.duties) {
      out_.object([&] {
        WriteHeldThing(sod::HeldKind::Duty, table_.duty(held.duty), held.level);
        WriteBoxes(held.boxes);
        WriteInterval(held.from, held.until);
        if (held.together.empty()) return;
        out_.attributeArray("together", [&] {
          for (const sod::Path& path : held.together) WritePath(path);
        });
        out_.attribute("more_together", held.more_together);
      });
    }
  }

  void WriteRequest(const sod::Answer& answer) {
    WriteRequests(table_, answer, out_);
    if (!answer.request) return out_.attribute("request", nullptr);
    out_.attributeObject("request", [&] {
      WriteHeld(*answer.request);
      out_.attribute("scope", OrNull(table_.ScopeInWords(answer.request->box)));
      out_.attribute("already_held", answer.grants.front().already_held);
    });
  }

  void WriteVerdicts(const sod::Answer& answer) {
    out_.attribute("verdict", Ref(SpellingOf(answer.verdict)));
    out_.attribute("request_verdict",
                   answer.request_verdict ? json::Value(Ref(SpellingOf(*answer.request_verdict))) : json::Value(nullptr));
    std::map<sod::Verdict, int64_t> counts;
    for (const sod::Conflict& conflict : answer.conflicts) ++counts[conflict.disposition];
    out_.attributeObject("counts", [&] {
      using sod::Verdict;
      for (const Verdict verdict : {Verdict::Denied, Verdict::NeedsApproval, Verdict::Warned, Verdict::Observed,
                                    Verdict::Waived, Verdict::Mitigated}) {
        out_.attribute(Ref(SpellingOf(verdict)), counts[verdict]);
      }
    });
  }

  void WriteObjective(const sod::ObjectiveStatus& objective) {
    out_.attribute("framework", Ref(objective.framework.name));
    out_.attribute("objective", Ref(objective.id));
    out_.attribute("status", Ref(SpellingOf(objective.status)));
  }

  void WriteNames(const char* key, const std::vector<std::string_view>& names) {
    out_.attributeArray(key, [&] {
      for (const std::string_view name : names) out_.value(Ref(name));
    });
  }

  void WriteFrameworks(const sod::Answer& answer) {
    out_.attributeArray("frameworks", [&] {
      for (const sod::ObjectiveStatus& objective : answer.frameworks) {
        out_.object([&] {
          WriteObjective(objective);
          WriteNames("because", objective.conflicts);
          out_.attributeObject("lacks", [&] {
            WriteNames("risk", objective.without_risk);
            WriteNames("because", objective.without_because);
            out_.attribute("review", objective.lacks_review);
            WriteNames("worksheet", objective.without_fields);
          });
        });
      }
    });
  }

  void WriteSides(const sod::Conflict& conflict, uint32_t first_side) {
    for (const sod::ConflictSide& side : conflict.sides) {
      const sod::SideDescription facts = DescribeSide(table_, side.side);
      for (const sod::Witness& witness : side.witnesses) {
        out_.object([&] {
          out_.attribute("side", side.side - first_side);
          WriteHeldThing(witness.kind, NameOfHeld(table_, {.kind = witness.kind, .target = witness.target}),
                         witness.level);
          const sod::ElementDescription element = DescribeElement(table_, witness.element);
          if (!element.capacity.name.empty()) out_.attribute("capacity", Ref(element.capacity.name));
          if (element.is_direct) out_.attribute("direct", true);
          if (element.kind == sod::ElementKind::Relation) out_.attribute("being", Ref(element.element.name));
          out_.attribute("group", OrNull(facts.group.name));
          out_.attribute("scope", OrNull(PlacesInWords(witness.scopes)));
          out_.attribute("new", witness.is_new);
          out_.attributeArray("paths", [&] {
            for (const sod::Path& path : witness.paths) WritePath(path);
          });
          out_.attribute("more_paths", witness.more_paths);
        });
      }
    }
  }

  void WritePath(const sod::Path& path) {
    out_.array([&] {
      for (const sod::PathStep& step : path) {
        out_.object([&] {
          out_.attribute("kind", Ref(step.kind));
          out_.attribute("id", Ref(step.id));
          out_.attribute("title", Ref(step.title));
          if (step.level != sod::kNone) out_.attribute("level", Ref(table_.level(step.level).name));
          if (!step.condition.empty()) out_.attribute("condition", Ref(step.condition));
        });
      }
    });
  }

  json::Value RiskOrNull(uint32_t member) const {
    return member == sod::kNone ? json::Value(nullptr) : json::Value(Ref(table_.scale_member(member).name));
  }

  void WriteRisk(const sod::Conflict& conflict, const sod::RuleDescription& facts) {
    out_.attributeObject("risk", [&] {
      out_.attribute("scale", OrNull(facts.risk_scale.name));
      out_.attribute("inherent", RiskOrNull(conflict.inherent));
      out_.attribute("residual", RiskOrNull(conflict.residual));
      out_.attribute("appetite", RiskOrNull(conflict.appetite));
      out_.attribute("inherent_is_default", facts.is_risk_default);
      out_.attribute("appetite_is_default", conflict.appetite != sod::kNone && !IsAppetiteDeclared(table_));
    });
  }

  // Along declared edges; one that is missing ends it and stands beside it.
  void WriteReason(const sod::RejectedBecause& because) {
    out_.attribute("reason", Ref(SpellingOf(because.reason)));
    std::string_view missing;
    out_.attributeArray("path", [&] {
      for (const sod::ControlEdge& edge : because.path) {
        if (edge.id.empty()) {
          missing = edge.edge;
          continue;
        }
        out_.object([&] {
          out_.attribute("edge", Ref(edge.edge));
          out_.attribute("kind", Ref(edge.kind));
          out_.attribute("id", Ref(edge.id));
          out_.attribute("title", Ref(edge.title));
        });
      }
    });
    out_.attribute("missing", OrNull(missing));
  }

  void WriteControlHead(const sod::JudgedControl& control) {
    out_.attribute("id", Ref(control.name.name));
    out_.attribute("title", Ref(control.name.title));
    out_.attribute("class", OrNull(SpellingOf(control.control_class)));
  }

  void WriteCounted(const sod::JudgedControl& control) {
    WriteControlHead(control);
    out_.attributeArray("domains", [&] {
      for (const sod::FailureDomain& domain : control.domains) {
        out_.value(std::string(domain.kind) + " " + std::string(domain.id));
      }
    });
  }

  void WriteRejected(const sod::JudgedControl& control) {
    WriteControlHead(control);
    WriteReason(control.because.front());
    out_.attributeArray("further", [&] {
      for (size_t i = 1; i < control.because.size(); ++i) out_.object([&] { WriteReason(control.because[i]); });
    });
  }

  void WriteControls(const std::vector<sod::JudgedControl>& controls) {
    out_.attributeObject("controls", [&] {
      out_.attributeArray("listed", [&] {
        for (const sod::JudgedControl& control : controls) {
          out_.object([&] {
            out_.attribute("id", Ref(control.name.name));
            out_.attribute("title", Ref(control.name.title));
          });
        }
      });
      const auto write = [&](bool counts) {
        for (const sod::JudgedControl& control : controls) {
          if (control.counts() == counts) out_.object([&] { counts ? WriteCounted(control) : WriteRejected(control); });
        }
      };
      out_.attributeArray("counted", [&] { write(true); });
      out_.attributeArray("rejected", [&] { write(false); });
    });
  }

  // What a conflict is permitted with is among the controls that cover it.
  static std::string_view NameOfControl(const sod::Conflict& conflict, uint32_t control) {
    const auto judged = std::ranges::find(conflict.controls, control, &sod::JudgedControl::control);
    return judged == conflict.controls.end() ? std::string_view() : judged->name.name;
  }

  void WriteClauses(const sod::RuleDescription& facts) {
    out_.attributeArray("clauses", [&] {
      for (const sod::ClauseDescription& clause : facts.clauses) {
        out_.object([&] {
          out_.attribute("framework", Ref(clause.framework.name));
          out_.attribute("id", Ref(clause.id));
          out_.attribute("label", OrNull(clause.label));
        });
      }
    });
  }

  void WriteConflict(const sod::Answer& answer, const sod::Conflict& conflict) {
    const sod::RuleDescription facts = Describe(table_, conflict.rule, conflict.judged_at);
    out_.attribute("id", Ref(facts.rule.name));
    out_.attribute("title", facts.is_named ? OrNull(facts.rule.title) : json::Value(nullptr));
    out_.attribute("kind", Ref(facts.kind_name));
    out_.attribute("moment", Ref(facts.moment));
    if (!facts.object.name.empty()) out_.attribute("object", Ref(facts.object.name));
    out_.attribute("modality", Ref(facts.modality));
    out_.attribute("reason", OrNull(facts.reason));
    out_.attribute("mode", Ref(conflict.mode));
    out_.attribute("effective_mode", Ref(conflict.effective_mode));
    out_.attribute("mode_source", Ref(facts.mode_source));
    WriteConditions(conflict, out_);
    out_.attribute("k", facts.at_most);
    out_.attribute("held", conflict.held);
    out_.attributeArray("scopes", [&] {
      for (const sod::ScopePlace& place : conflict.scopes) out_.value(PlaceInWords(place));
    });
    out_.attribute("introduced", conflict.introduced);
    WriteChangeByRequest(answer, conflict, out_);
    out_.attribute("first", FirstDay(table_, conflict.first));
    out_.attributeArray("sides", [&] { WriteSides(conflict, facts.first_side); });
    WriteRisk(conflict, facts);
    out_.attribute("disposition", Ref(SpellingOf(conflict.disposition)));
    if (conflict.is_disabled) {
      out_.attribute("disabled", true);
      out_.attribute("disabled_until", LastDay(table_, facts.disabled_until));
    }
    WriteChange(table_, facts, out_);
    WriteControls(conflict.controls);
    if (!conflict.permitted_with.empty()) {
      out_.attributeArray("permitted_with", [&] {
        for (const uint32_t control : conflict.permitted_with) out_.value(Ref(NameOfControl(conflict, control)));
      });
    }
    WriteWaiversAsJson(table_, conflict, out_);
    WriteObligations(table_, conflict.obligations, out_);
    out_.attribute("because", OrNull(facts.because));
    out_.attribute("advice", OrNull(facts.advice));
    WriteClauses(facts);
    out_.attributeArray("objectives", [&] {
      for (const sod::ObjectiveStatus& objective : conflict.objectives) {
        out_.object([&] { WriteObjective(objective); });
      }
    });
    out_.attributeObject("source", [&] {
      out_.attribute("file", Ref(facts.file));
      out_.attribute("line", facts.line);
      out_.attribute("column", facts.column);
    });
  }

  void WriteOutlook(const Outlook& outlook) {
    if (!outlook.is_known) return out_.attribute("changes", nullptr);
    out_.attributeObject("changes", [&] { WriteNextChange(table_, outlook.next, out_); });
  }

  // Conflicts are never left out; paths are capped, and each side says how many are missing.
  void WriteTruncated(const sod::Answer& answer) {
    bool are_paths_truncated = false;
    for (const sod::Conflict& conflict : answer.conflicts) {
      for (const sod::ConflictSide& side : conflict.sides) {
        for (const sod::Witness& witness : side.witnesses) are_paths_truncated |= witness.more_paths > 0;
      }
    }
    for (const sod::HeldDuty& held : answer.duties) are_paths_truncated |= held.more_together > 0;
    out_.attributeObject("truncated", [&] {
      out_.attribute("conflicts", false);
      out_.attribute("paths", are_paths_truncated);
    });
  }

  const sod::Table& table_;
  const AnswerFrame& frame_;
  json::OStream& out_;
};

}  // namespace

std::string AnswerJson(const AnswerFrame& frame, const sod::Answer& answer, const Outlook& outlook, bool is_compact) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  json::OStream out(stream, is_compact ? 0 : 2);
  out.object([&] { AnswerWriter(frame, out).WriteAnswer(answer, outlook); });
  stream.flush();
  return text;
}

std::string WhoCanJson(const AnswerFrame& frame, const sod::Holding& request, const std::vector<sod::Answer>& answers) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  json::OStream out(stream, 2);
  AnswerWriter writer(frame, out);
  out.object([&] {
    writer.WriteHeader("sod.who-can/1");
    out.attributeObject("request", [&] { writer.WriteHeld(request); });
    out.attributeArray("people", [&] {
      for (const sod::Answer& answer : answers) {
        out.object([&] {
          out.attribute("id", answer.subject.id);
          out.attribute("title", answer.subject.title);
          out.attribute("can", CanTake(answer));
          out.attribute("request_verdict", Ref(SpellingOf(answer.request_verdict.value_or(answer.verdict))));
          out.attribute("already_held", answer.already_held);
          out.attributeArray("introduced", [&] {
            for (const sod::Conflict& conflict : answer.conflicts) {
              if (conflict.introduced) out.value(Ref(frame.table.rule(conflict.rule).name));
            }
          });
        });
      }
    });
  });
  stream.flush();
  return text + "\n";
}

}  // namespace sodc
