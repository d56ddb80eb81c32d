#include "compiler/driver/waiver_json.h"

#include <algorithm>

#include "compiler/driver/answer_output.h"

namespace sodc {
namespace {

class WaiverWriter {
 public:
  WaiverWriter(const sod::Table& table, llvm::json::OStream& out) : table_(table), out_(out) {}

  void WriteWaiver(const sod::JudgedWaiver& waiver) {
    out_.attribute("kind", Text(SpellingOf(waiver.kind)));
    out_.attribute("id", Text(waiver.name.name));
    out_.attribute("title", Text(waiver.name.title));
    out_.attribute("used", waiver.is_used);
    out_.attribute("requester", TextOrNull(waiver.requester.name));
    out_.attribute("approver", TextOrNull(waiver.approver.name));
    out_.attribute("from", TextOrNull(FirstDay(table_, waiver.from)));
    out_.attribute("until", LastDay(table_, waiver.until));
    out_.attribute("reason", Text(waiver.reason));
    out_.attribute("ticket", TextOrNull(waiver.ticket));
    const sod::Covered covered = CoveredBy(table_, waiver);
    WriteNames("people", covered.people);
    WriteNames("roles", covered.roles);
    if (!waiver.only_in.empty()) WriteBoxes("only_in", waiver.only_in);
    if (!waiver.only_holding.empty()) WriteNames("only_holding", waiver.only_holding);
  }

  void WriteNames(std::string_view attribute, const std::vector<sod::Named>& names) {
    out_.attributeArray(Text(attribute), [&] {
      for (const sod::Named& name : names) out_.value(Text(name.name));
    });
  }

  // The one that excuses the conflict, or would; and every other one, with the reasons why it does not.
  void WriteWaivers(const sod::Conflict& conflict) {
    const auto shown = std::ranges::find_if(conflict.waivers, [](const sod::JudgedWaiver& waiver) { return waiver.excuses(); });
    if (shown == conflict.waivers.end()) out_.attribute("waiver", nullptr);
    if (shown != conflict.waivers.end()) out_.attributeObject("waiver", [&] { WriteWaiver(*shown); });
    out_.attributeArray("other_waivers", [&] {
      for (auto waiver = conflict.waivers.begin(); waiver != conflict.waivers.end(); ++waiver) {
        if (waiver == shown) continue;
        out_.object([&] {
          WriteWaiver(*waiver);
          out_.attributeArray("rejected", [&] {
            for (const sod::WaiverRejectedBecause& because : waiver->because) {
              out_.object([&] {
                out_.attribute("reason", Text(SpellingOf(because.reason)));
                out_.attribute("what", TextOrNull(because.what));
                if (!because.places.empty()) WriteBoxes("places", because.places);
                if (!because.members.empty()) WriteNames("members", because.members);
              });
            }
          });
        });
      }
    });
  }

 private:
  static llvm::StringRef Text(std::string_view text) { return {text.data(), text.size()}; }
  static llvm::json::Value TextOrNull(std::string_view text) {
    if (text.empty()) return nullptr;
    return llvm::json::Value(Text(text));
  }

  void WriteBoxes(std::string_view attribute, const std::vector<sod::ScopeBox>& boxes) {
    out_.attributeArray(Text(attribute), [&] {
      for (const sod::ScopeBox& box : boxes) out_.value(table_.ScopeInWords(box));
    });
  }

  const sod::Table& table_;
  llvm::json::OStream& out_;
};

}  // namespace

void WriteWaiversAsJson(const sod::Table& table, const sod::Conflict& conflict, llvm::json::OStream& out) {
  WaiverWriter(table, out).WriteWaivers(conflict);
}

}  // namespace sodc
