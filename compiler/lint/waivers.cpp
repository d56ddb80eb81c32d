// Findings about waivers: those that excuse nothing, wholly or from now on, and those that excuse
// for too long (rulings SEM-19, second-ring E11).
#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <fmt/ranges.h>

#include "compiler/lint/findings.h"
#include "compiler/model/waivers.h"

namespace sodc::lint {
namespace {

using model::ActorId;
using model::Breach;
using model::BreachKind;
using model::Model;
using model::ProvisionAttribute;
using model::Waiver;

class WaiverFindings {
 public:
  WaiverFindings(const Model& model, const LintOptions& options, Sink& sink)
      : model_(model), waivers_(model), as_of_(options.as_of), sink_(sink) {}

  void Run() {
    for (const Waiver& waiver : waivers_.all()) {
      FindBreaches(waiver);
      FindOwnApproval(waiver);
      FindNobody(waiver);
      FindRenewals(waiver);
      if (as_of_) FindEnd(waiver);
    }
    if (as_of_) FindTooManyOpen();
  }

 private:
  const model::Common& CommonOf(const Waiver& waiver) const { return model_.provisions[waiver.provision].common; }
  const std::string& NameOf(ActorId actor) const { return model_.actors[actor].common.name; }

  // The attribute of the waiver, or its name where it has none.
  Span SpanOf(const Waiver& waiver, std::string_view keyword) const {
    return model::SpanOf(model_.provisions[waiver.provision], keyword);
  }
  std::string DayOf(Instant at) const { return TimeText(at, model_.policy.time_zone_seconds); }
  std::string LastDayOf(const Waiver& waiver) const { return EndText(waiver.until, model_.policy.time_zone_seconds); }

  // ---- Rules about waivers that it breaks

  struct Broken {
    Breach breach;
    std::vector<std::string> conflicts;
  };

  void FindBreaches(const Waiver& waiver) {
    std::map<std::string, Broken> broken;  // by what it breaks
    std::vector<std::string> order;
    for (const model::ConflictId conflict : waiver.conflicts) {
      for (Breach& breach : waivers_.BreachesOf(waiver, conflict)) {
        const std::string words = breach.words;
        const auto [place, is_new] = broken.try_emplace(words, Broken{std::move(breach), {}});
        if (is_new) order.push_back(words);
        std::string name = "`" + model_.conflicts[conflict].common.name + "`";
        auto& names = place->second.conflicts;
        if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
      }
    }
    for (const std::string& words : order) Report(waiver, broken.at(words));
  }

  static std::string ListOf(const std::vector<std::string>& names) {
    constexpr size_t kShown = 3;
    const size_t shown = std::min(names.size(), kShown);
    std::string text = fmt::format("{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
    if (names.size() > shown) text += fmt::format(" and {} more", names.size() - shown);
    return text;
  }

  template <DiagKind kKind>
  void Say(const Waiver& waiver, const Broken& broken, std::string_view at, std::string_view help) {
    Diagnose<kKind>(SpanOf(waiver, at), CommonOf(waiver).name, ListOf(broken.conflicts), broken.breach.words)
        .Label(broken.breach.span, "the rule")
        .Help(std::string(help))
        .To(sink_);
  }

  void Report(const Waiver& waiver, const Broken& broken) {
    switch (broken.breach.kind) {
      case BreachKind::TooLong: return Say<DiagKind::WaiverTooLong>(waiver, broken, "valid", "let it end earlier, and ask again then");
      case BreachKind::NeverWaived:
        return Say<DiagKind::WaiverOfNeverWaived>(waiver, broken, "conflict", "take the conflict out of the waiver, and one side from the holder");
      case BreachKind::RenewedTooOften:
        return Say<DiagKind::WaiverRenewedTooOften>(waiver, broken, "valid", "end the conflict, or change the rule about renewals");
      case BreachKind::ReasonTooShort: return Say<DiagKind::WaiverIncomplete>(waiver, broken, "reason", "say what makes it necessary, and what ends it");
      case BreachKind::ControlMissing:
        return Say<DiagKind::WaiverIncomplete>(waiver, broken, "control", "name what watches the holder meanwhile: `control …`");
      case BreachKind::TicketMissing: return Say<DiagKind::WaiverIncomplete>(waiver, broken, "ticket", "name where it was decided: `ticket \"…\"`");
      case BreachKind::ApproverNotEntitled:
        return Say<DiagKind::WaiverApproverNotEntitled>(waiver, broken, "approver", "let somebody approve it whom the rule names; what a file of assignments adds is not known here");
    }
  }

  // ---- Who approved it

  void FindOwnApproval(const Waiver& waiver) {
    const std::string who = waivers_.OwnInterest(waiver);
    if (who.empty()) return;
    Diagnose<DiagKind::WaiverApprovedByItsOwn>(SpanOf(waiver, "approver"), CommonOf(waiver).name, who)
        .Help("let another person approve it: it excuses nobody who has a part in its approval")
        .To(sink_);
  }

  void FindNobody(const Waiver& waiver) {
    const std::string_view what = waivers_.WhyNobody(waiver);
    if (what.empty()) return;
    Diagnose<DiagKind::WaiverApprovedByNobody>(SpanOf(waiver, "approver"), CommonOf(waiver).name, NameOf(waiver.approver), what)
        .Help("it excuses nothing until a person has approved it")
        .To(sink_);
  }

  // ---- Time

  // Where the policy caps renewals, one too many is a breach.
  void FindRenewals(const Waiver& waiver) {
    constexpr size_t kUnremarkable = 1;
    const std::vector<const Waiver*> chain = waivers_.RenewedBy(waiver);
    if (waivers_.HasCapOfRenewals() || chain.size() <= kUnremarkable) return;
    Instant first = waiver.from;
    for (const Waiver* earlier : chain) first = std::min(first, earlier->from);
    Diagnose<DiagKind::WaiverRenewedAgain>(CommonOf(waiver).span, CommonOf(waiver).name, chain.size(), DayOf(first))
        .Help("an exception that is renewed again and again is a rule that nobody keeps: end the conflict, or cap it with `waivers { at most 1 renewals }`")
        .To(sink_);
  }

  bool IsFollowed(const Waiver& waiver) const {
    return std::ranges::any_of(waivers_.all(), [&](const Waiver& later) {
      const std::vector<const Waiver*> chain = waivers_.RenewedBy(later);
      return later.until > waiver.until && std::ranges::find(chain, &waiver) != chain.end();
    });
  }

  void FindEnd(const Waiver& waiver) {
    const bool is_closed = waiver.closed <= *as_of_;
    if (is_closed || waiver.from > *as_of_ || IsFollowed(waiver)) return;
    if (waiver.until <= *as_of_) {
      Diagnose<DiagKind::WaiverExpired>(SpanOf(waiver, "valid"), CommonOf(waiver).name, LastDayOf(waiver))
          .Help("ask for it again with a new one, or say how it ended: `closed … \"…\"`")
          .To(sink_);
      return;
    }
    const ProvisionAttribute* warn = waivers_.Rule("warn … before");
    if (warn == nullptr || warn->values.empty()) return;
    if (model::After(*as_of_, warn->values.front(), model_.policy.time_zone_seconds) < waiver.until) return;
    Diagnose<DiagKind::WaiverEndsSoon>(SpanOf(waiver, "valid"), CommonOf(waiver).name, LastDayOf(waiver))
        .Help("end the conflict before then, or ask for a renewal")
        .To(sink_);
  }

  void FindTooManyOpen() {
    const ProvisionAttribute* cap = waivers_.Rule("at most … open");
    if (cap == nullptr || cap->values.empty()) return;
    const auto open = std::ranges::count_if(waivers_.all(), [&](const Waiver& waiver) {
      return waiver.from <= *as_of_ && *as_of_ < std::min(waiver.until, waiver.closed);
    });
    if (open <= cap->values.front().number) return;
    Diagnose<DiagKind::TooManyWaiversOpen>(cap->span, open, DayOf(*as_of_), cap->values.front().number)
        .Help("close those that are settled; so many exceptions are a sign that the rule does not fit")
        .To(sink_);
  }

  const Model& model_;
  const model::Waivers waivers_;
  const std::optional<Instant> as_of_;
  Sink& sink_;
};

}  // namespace

void FindWaiversThatFail(const Model& model, const LintOptions& options, Sink& sink) {
  if (model::HasProvision(model, "waiver")) WaiverFindings(model, options, sink).Run();
}

}  // namespace sodc::lint
