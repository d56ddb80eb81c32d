// A judged history as JSON, schemas sod.act/1 and sod.history/1.
#include <llvm/Support/JSON.h>
#include <llvm/Support/raw_ostream.h>

#include "compiler/driver/condition_words.h"
#include "compiler/driver/history_output.h"

namespace sodc {
namespace json = llvm::json;

namespace {

llvm::StringRef View(std::string_view text) { return {text.data(), text.size()}; }

class HistoryWriter {
 public:
  HistoryWriter(const HistoryFrame& frame, const sod::HistoryReport& report, json::OStream& out)
      : frame_(frame), report_(report), table_(frame.answer.table), history_(frame.file.history()), out_(out) {}

  void Write() {
    WriteFrame();
    out_.attribute("verdict", View(SpellingOf(report_.verdict)));
    out_.attributeArray("findings", [&] {
      for (const sod::HistoryFinding& finding : report_.findings) out_.object([&] { WriteFinding(finding); });
    });
    if (!frame_.act) WriteTraces();
    out_.attribute("events", report_.judged);
    out_.attribute("later", report_.later);
    out_.attribute("equal_times", report_.has_equal_times);
    WriteTexts("notes", report_.notes);
    out_.attributeArray("not_judged", [&] {
      for (const sod::NotChecked& item : report_.not_judged) {
        out_.object([&] {
          out_.attribute("id", item.id);
          out_.attribute("class", View(item.rule_class));
        });
      }
    });
  }

 private:
  void WriteFrame() {
    out_.attribute("schema", frame_.act ? "sod.act/1" : "sod.history/1");
    out_.attribute("sodc", SODC_VERSION);
    out_.attribute("language", table_.language_version());
    out_.attribute("policy", View(table_.policy_name()));
    out_.attribute("revision", table_.policy_revision());
    out_.attribute("table_sha256", table_.table_sha256());
    if (frame_.act) {
      out_.attribute("at", InstantText(frame_.act->at));
      out_.attributeObject("act", [&] { WriteEvent(*frame_.act); });
    } else {
      if (frame_.at) out_.attribute("at", InstantText(*frame_.at));
      else out_.attribute("at", nullptr);
      out_.attribute("final", frame_.is_final);
    }
  }

  void WriteName(const char* key, uint32_t actor) {
    if (actor == sod::kNone) return out_.attribute(key, nullptr);
    out_.attributeObject(key, [&] {
      out_.attribute("id", View(table_.actor(actor).name));
      out_.attribute("title", View(table_.actor(actor).title));
    });
  }

  void WriteObject(const char* key, uint32_t object) {
    out_.attributeObject(key, [&] {
      out_.attribute("type", View(sod::ObjectKindName(table_, history_.objects[object].kind).name));
      out_.attribute("id", View(history_.objects[object].id));
    });
  }

  void WriteEvent(const sod::HistoryEvent& event) {
    constexpr const char* kWords[] = {"duty", "relation", "approves", "withdraws"};
    if (event.line != 0) out_.attribute("line", event.line);
    else out_.attribute("line", nullptr);
    WriteObject("object", event.object);
    out_.attribute(kWords[static_cast<uint8_t>(event.kind)], View(WhatOf(table_, event).name));
    WriteName("actor", event.actor);
    WriteName("on_behalf_of", event.on_behalf_of);
    const std::string_view unknown = frame_.file.UnknownNameOf(event.line);
    if (unknown.empty()) out_.attribute("unknown_name", nullptr);
    else out_.attribute("unknown_name", View(unknown));
    out_.attribute("known", event.actor != sod::kNone || event.account != sod::kNone || event.is_nobody);
    if (event.at == sod::kBeginningOfTime) out_.attribute("at", nullptr);
    else out_.attribute("at", InstantText(event.at));
  }

  void WriteTexts(const char* key, const std::vector<std::string>& texts) {
    out_.attributeArray(key, [&] {
      for (const std::string& text : texts) out_.value(text);
    });
  }

  void WriteMember(const char* key, uint32_t member) {
    if (member == sod::kNone) out_.attribute(key, nullptr);
    else out_.attribute(key, View(table_.scale_member(member).name));
  }

  void WriteFinding(const sod::HistoryFinding& finding) {
    out_.attribute("kind", View(SpellingOf(finding.kind)));
    out_.attribute("id", finding.id);
    out_.attribute("says", finding.says);
    WriteObject("object", finding.object);
    WriteName("person", finding.person);
    out_.attribute("verdict", View(SpellingOf(finding.disposition)));
    out_.attribute("first", finding.is_first);
    out_.attributeObject("risk", [&] {
      WriteMember("inherent", finding.inherent);
      WriteMember("residual", finding.residual);
      WriteMember("appetite", finding.appetite);
    });
    WriteConditions(ConditionsOf(finding), out_);
    WriteControls(finding);
    out_.attributeArray("witnesses", [&] {
      for (const uint32_t event : finding.witnesses) out_.object([&] { WriteEvent(EventOf(frame_, event)); });
    });
    WriteTexts("unknown", finding.unknown);
    WriteTexts("open", finding.open);
    out_.attribute("eligible", finding.eligible);
    if (finding.due == sod::kEndOfTime) out_.attribute("due", nullptr);
    else out_.attribute("due", InstantText(finding.due));
  }

  void WriteControls(const sod::HistoryFinding& finding) {
    out_.attributeArray("controls", [&] {
      for (const sod::JudgedControl& control : finding.controls) {
        out_.object([&] {
          out_.attribute("id", View(control.name.name));
          out_.attribute("counts", control.counts());
          out_.attributeArray("reasons", [&] {
            for (const sod::RejectedBecause& because : control.because) out_.value(View(SpellingOf(because.reason)));
          });
        });
      }
    });
    out_.attributeArray("waivers", [&] {
      for (const sod::JudgedWaiver& waiver : finding.waivers) {
        out_.object([&] {
          out_.attribute("id", View(waiver.name.name));
          out_.attribute("kind", View(SpellingOf(waiver.kind)));
          out_.attribute("used", waiver.is_used);
          out_.attributeArray("reasons", [&] {
            for (const sod::WaiverRejectedBecause& because : waiver.because) out_.value(View(SpellingOf(because.reason)));
          });
        });
      }
    });
  }

  void WriteTraces() {
    out_.attributeArray("traces", [&] {
      for (const sod::Trace& trace : report_.traces) out_.object([&] { WriteTrace(trace); });
    });
  }

  void WriteTrace(const sod::Trace& trace) {
    WriteObject("object", trace.object);
    out_.attribute("process", View(sod::ProcessName(table_, trace.process).name));
    out_.attribute("state", View(SpellingOf(trace.state)));
    out_.attribute("rounds", trace.rounds);
    out_.attribute("breaches", trace.breaches);
    out_.attribute("violated_by_missing", trace.is_violated_by_missing);
    out_.attributeArray("missing", [&] {
      for (const uint32_t step : trace.missing) out_.value(View(table_.duty(sod::DutyOfStep(table_, step)).name));
    });
    out_.attributeArray("missing_approvals", [&] {
      for (const uint32_t approval : trace.missing_approvals) out_.value(View(sod::ApprovalName(table_, approval).name));
    });
    out_.attribute("missing_people", trace.missing_people);
    out_.attribute("may_miss_people", trace.may_miss_people);
    out_.attributeArray("due_approvals", [&] {
      for (const auto& [approval, due] : trace.due_approvals) {
        out_.object([&] {
          out_.attribute("approval", View(sod::ApprovalName(table_, approval).name));
          if (due == sod::kEndOfTime) out_.attribute("by", nullptr);
          else out_.attribute("by", InstantText(due));
        });
      }
    });
  }

  const HistoryFrame& frame_;
  const sod::HistoryReport& report_;
  const sod::Table& table_;
  const sod::History history_;
  json::OStream& out_;
};

}  // namespace

std::string HistoryJson(const HistoryFrame& frame, const sod::HistoryReport& report) {
  std::string text;
  llvm::raw_string_ostream stream(text);
  json::OStream out(stream, 2);
  out.object([&] { HistoryWriter(frame, report, out).Write(); });
  stream.flush();
  return text + "\n";
}

}  // namespace sodc
