// Prerequisites of one subject, with and without a request.
#include "sod/requirements.h"

#include <algorithm>

#include "runtime/core/controls.h"
#include "runtime/core/judge.h"
#include "runtime/core/provisions.h"
#include "runtime/core/risk.h"
#include "runtime/requirements/held.h"

namespace sod {
namespace {

using Kind = format::NameKind;
using requirements::Demand;
using requirements::Demands;
using requirements::Known;

Named NameOf(const core::Image& image, Kind kind, uint32_t row) {
  const auto named = [&](const auto& record) { return Named{image.Text(record.name), image.Text(record.title)}; };
  if (kind == Kind::Duty) return named(image.Duties()[row]);
  if (kind == Kind::Role) return named(image.Roles()[row]);
  if (kind == Kind::Group) return named(image.Groups()[row]);
  return named(image.Controls()[row]);
}

std::string TitleOf(const Subject& subject) { return subject.title.empty() ? subject.id : subject.title; }

// In words, why somebody may hold more than is known of; empty: all is known.
std::string WhyMore(const Subject& subject) {
  if (subject.kind == SubjectKind::Account) return "whose " + subject.id + " is";
  if (subject.kind == SubjectKind::Team) return "who is in " + TitleOf(subject);
  for (const Incompleteness& gap : subject.incomplete) {
    if (gap.reason == "vacant") return "who will have the post of " + TitleOf(subject);
    if (gap.reason != "undecided" && gap.reason != "unknown_attribute") return "all that " + TitleOf(subject) + " holds";
  }
  return "";
}

// One state of the subject: what it holds with the request, or without it.
class State {
 public:
  State(const core::Image& image, const Subject& subject, const core::Without& without)
      : image_(image), subject_(subject), without_(without), more_(WhyMore(subject)) {}

  void MoveTo(Instant at) {
    at_ = at;
    held_ = requirements::HeldAt(image_, subject_.holdings, at);
  }

  // `told`: takes the reasons.
  Verdict Judge(const Demand& demand, Prerequisite& told) const {
    const Known of = requirements::Holds(image_, held_, demand.of_kind, demand.of);
    if (of == Known::No) return Verdict::Clear;
    std::vector<std::string> unknown;
    const Known needs = demand.kind == Kind::Control ? Counts(demand.needs, told) : HoldsNeeded(demand, unknown);
    if (needs == Known::Yes) return Verdict::Clear;
    if (of == Known::Unknown) unknown.push_back("whether a role that is held gives " + std::string(NameOf(image_, demand.of_kind, demand.of).title));
    told.unknown = unknown;
    if (!unknown.empty()) return Verdict::NotEvaluable;
    return core::DispositionOf(std::min(format::Mode::Deny, image_.meta().mode_ceiling));
  }

 private:
  Known Counts(uint32_t control, Prerequisite& told) const {
    JudgedControl judged = core::JudgeControl(image_, control, core::Watched(image_, subject_, at_), at_, without_);
    if (judged.counts()) return Known::Yes;
    told.control = std::move(judged);
    return Known::No;
  }

  Known HoldsNeeded(const Demand& demand, std::vector<std::string>& unknown) const {
    const Known known = requirements::Holds(image_, held_, demand.kind, demand.needs);
    if (known == Known::Yes) return known;
    if (known == Known::Unknown) unknown.push_back("whether a role that is held gives " + std::string(NameOf(image_, demand.kind, demand.needs).title));
    if (!more_.empty()) unknown.push_back(more_);
    return unknown.empty() ? Known::No : Known::Unknown;
  }

  const core::Image& image_;
  const Subject& subject_;
  const core::Without& without_;
  const std::string more_;
  Instant at_ = 0;
  requirements::Held held_;
};

Prerequisite Begin(const core::Image& image, const Demand& demand, Instant from) {
  Prerequisite one;
  one.of_kind = format::SpellingOf(demand.of_kind);
  one.of = NameOf(image, demand.of_kind, demand.of);
  one.needs_kind = format::SpellingOf(demand.kind);
  one.needs = NameOf(image, demand.kind, demand.needs);
  one.first = from;
  return one;
}

void Compare(Verdict after, Verdict before, Instant at, bool is_request, Prerequisite&& found, Prerequisite& worst) {
  if (after < worst.verdict) {
    worst.verdict = after;
    worst.first = at;
    worst.control = std::move(found.control);
    worst.unknown = std::move(found.unknown);
  }
  if (before < worst.before) worst.before = before;
  worst.is_new |= is_request && after != Verdict::Clear && before == Verdict::Clear;
  // What could not be judged and is a violation now got worse, however mild the policy lets it be.
  const bool is_settled = before == Verdict::NotEvaluable && after != Verdict::NotEvaluable && after != Verdict::Clear;
  if (is_request && (after < before || is_settled)) worst.introduced = std::min(after, worst.introduced.value_or(Verdict::Clear));
}

// When to look: where what is held changes, and where a control that is required may count or no longer.
std::vector<Instant> InstantsOfRequest(const Table& table, const Subject& subject, const core::Asked& asked, const std::vector<Demand>& demands) {
  std::vector<Instant> instants = core::InstantsOf(table.image(), asked, subject, {});
  core::Risks::Bearing bearing;
  for (const Demand& demand : demands) {
    if (demand.kind == Kind::Control) bearing.controls.push_back(demand.needs);
  }
  if (bearing.controls.empty()) return instants;
  Workspace workspace(table);
  core::Hit whole;
  whole.spans.push_back({asked.from, asked.until});
  for (const Instant at : core::Risks(table.image(), workspace, subject, asked.grants).InstantsOf(whole, bearing)) instants.push_back(at);
  std::ranges::sort(instants);
  instants.erase(std::ranges::unique(instants).begin(), instants.end());
  return instants;
}

}  // namespace

bool HasPrerequisites(const Table& table) { return !requirements::Read(table).demands.empty(); }

Result<std::vector<Prerequisite>> JudgePrerequisites(const Table& table, const Subject& subject, Instant as_of, const Request& request,
                                                     const AskOptions& options, Answer& answer) {
  std::vector<Prerequisite> found;
  const Demands read = requirements::Read(table);
  if (read.demands.empty() || subject.kind == SubjectKind::Role) return found;
  const core::Image& image = table.image();
  if (std::optional<Error> error = core::CheckQuestion(image, subject, request, options)) return std::move(*error);
  const Result<core::Asked> asked = core::ClipRequest(request, as_of);
  if (!asked) return asked.error();
  const bool is_request = !asked->is_empty();
  const std::vector<Instant> instants = is_request ? InstantsOfRequest(table, subject, asked.value(), read.demands) : std::vector{as_of};
  Subject with = subject;
  with.holdings = Revoke(table, subject, asked->revocations).holdings;
  for (Holding grant : asked->grants) {
    grant.always_counts = true;
    with.holdings.push_back(grant);
  }
  const core::Without without = {options.without_controls, options.without_systems};
  State before(image, subject, without), after(image, with, without);
  for (const Demand& demand : read.demands) found.push_back(Begin(image, demand, instants.front()));
  for (const Instant at : instants) {
    before.MoveTo(at);
    after.MoveTo(at);
    for (size_t i = 0; i < read.demands.size(); ++i) {
      Prerequisite now, then;
      const Verdict verdict = after.Judge(read.demands[i], now);
      Compare(verdict, before.Judge(read.demands[i], then), at, is_request, std::move(now), found[i]);
    }
  }
  std::erase_if(found, [](const Prerequisite& one) { return one.verdict == Verdict::Clear && one.before == Verdict::Clear; });
  std::ranges::stable_sort(found, {}, &Prerequisite::verdict);
  for (const Prerequisite& one : found) {
    answer.verdict = std::min(answer.verdict, one.verdict);
    if (answer.request_verdict && one.introduced) answer.request_verdict = std::min(*answer.request_verdict, *one.introduced);
  }
  for (const requirements::JudgedWord& word : read.judged) core::TakeOffNotChecked(image, word.provision, word.keyword, answer);
  return found;
}

}  // namespace sod
