// When an answer changes. What is held and which rules are valid splits time into spans; within a span the
// conflicts stay, and each of them is judged wherever something that it rests on begins or ends.
#include "sod/changes.h"

#include <algorithm>
#include <map>
#include <utility>

#include "runtime/core/causes.h"
#include "runtime/core/judge.h"
#include "runtime/core/risk.h"

namespace sod {

using core::Hit;
using core::Image;
using core::Judgement;
using core::Standing;

namespace {

ConflictState StateOf(const Standing& standing) {
  ConflictState state = {standing.risk.disposition, standing.risk.residual, {}, {}};
  for (const JudgedControl& control : standing.risk.controls) {
    if (control.counts()) state.counted.push_back(control.name);
  }
  for (const JudgedWaiver& waiver : standing.risk.waivers) {
    if (waiver.is_used) state.excused_by.push_back(waiver.name);
  }
  return state;
}

bool IsSame(const ConflictState& a, const ConflictState& b) {
  const auto by_name = [](const Named& one, const Named& other) { return one.name == other.name; };
  return a.disposition == b.disposition && a.residual == b.residual && std::ranges::equal(a.counted, b.counted, by_name) &&
         std::ranges::equal(a.excused_by, b.excused_by, by_name);
}

class Walking {
 public:
  Walking(const Table& table, Workspace& workspace, const Subject& subject, Instant from, Instant until, const AskOptions& options)
      : table_(table), image_(table.image()), workspace_(workspace), subject_(subject), from_(from), until_(until),
        risks_(image_, workspace, subject, {}, {options.without_controls, options.without_systems}, options.facts) {}

  std::vector<AnswerChange> Run(size_t at_most) {
    const std::vector<Instant> beginnings = Beginnings();
    for (size_t i = 0; i < beginnings.size() && changes_.size() < at_most; ++i) {
      const Instant end = i + 1 < beginnings.size() ? beginnings[i + 1] : until_;
      BeginSpan(beginnings[i], end);
      for (auto next = dates_.begin(); next != dates_.end() && changes_.size() < at_most; ++next) JudgeAgain(next->first, next->second);
    }
    if (changes_.size() > at_most) changes_.resize(at_most);
    return std::move(changes_);
  }

 private:
  std::vector<Instant> Beginnings() const {
    const core::Asked whole = {{}, {}, from_, until_};
    std::vector<Instant> instants = core::RuleChanges(image_, whole);
    for (const Holding& holding : subject_.holdings) {
      for (const Instant at : {holding.from, holding.until}) {
        if (from_ < at && at < until_) instants.push_back(at);
      }
    }
    core::ForEachHolderChange(image_, subject_.actor, [&](Instant at) {
      if (from_ < at && at < until_) instants.push_back(at);
    });
    instants.push_back(from_);
    std::ranges::sort(instants);
    const auto repeated = std::ranges::unique(instants);
    instants.erase(repeated.begin(), repeated.end());
    return instants;
  }

  void BeginSpan(Instant from, Instant until) {
    Judgement judgement = core::Judge(table_, workspace_, {subject_.holdings, {}, {}, std::span(&from, 1), from + 1, subject_.actor});
    std::map<uint32_t, Standing> standings;
    dates_.clear();
    for (auto& [rule, hit] : judgement.hits) {
      Lengthen(hit, {from, until});
      const core::Risks::Bearing bearing = risks_.BearingOf(rule, hit);
      standings[rule] = {&hit, risks_.At(rule, bearing, hit, from)};
      for (const Instant at : risks_.InstantsOf(hit, bearing)) {
        if (at != from) dates_[at].push_back(rule);
      }
    }
    const Verdict verdict = VerdictOf(standings, judgement);
    now_unknown_ = judgement.unknown;
    if (from != from_) Compare(from, standings, verdict);
    standings_ = std::move(standings);
    judgement_ = std::move(judgement);  // its hits stay where they are
    verdict_ = verdict;
  }

  // What was judged at the beginning of the span is so until its end.
  static void Lengthen(Hit& hit, core::HitSpan span) {
    hit.spans = {span};
    for (auto& [row, element] : hit.elements) {
      element.spans = {span};
      element.part_spans.assign(element.parts.size(), span);
    }
  }

  Verdict VerdictOf(const std::map<uint32_t, Standing>& standings, const Judgement& judgement) const {
    Verdict verdict = subject_.is_complete && judgement.undecided.empty() && judgement.unknown.empty() ? Verdict::Clear : Verdict::NotEvaluable;
    for (const auto& [rule, standing] : standings) verdict = std::min(verdict, standing.risk.disposition);
    return verdict;
  }

  // The conflicts that rest on something that begins or ends then, within a span.
  void JudgeAgain(Instant at, const std::vector<uint32_t>& rules) {
    AnswerChange change = {at, verdict_, verdict_, {}, {}};
    for (const uint32_t rule : rules) {
      Standing& before = standings_.at(rule);
      const Standing after = {before.hit, risks_.At(rule, risks_.BearingOf(rule, *before.hit), *before.hit, at)};
      AddChange(rule, &before, &after, change);
      before = after;
    }
    change.after = verdict_ = VerdictOf(standings_, judgement_);
    if (!change.conflicts.empty()) changes_.push_back(std::move(change));
  }

  void Compare(Instant at, const std::map<uint32_t, Standing>& now, Verdict verdict) {
    AnswerChange change = {at, verdict_, verdict, {}, {}};
    auto before = standings_.begin();
    auto after = now.begin();
    while (before != standings_.end() || after != now.end()) {
      const bool is_gone = after == now.end() || (before != standings_.end() && before->first < after->first);
      const bool is_new = before == standings_.end() || (after != now.end() && after->first < before->first);
      AddChange(is_new ? after->first : before->first, is_new ? nullptr : &before->second, is_gone ? nullptr : &after->second, change);
      if (!is_new) ++before;
      if (!is_gone) ++after;
    }
    if (change.conflicts.empty() && verdict == verdict_) return;
    if (change.conflicts.empty()) change.because = core::CausesInHoldings(image_, subject_, at);
    for (const auto* unknown : {&judgement_.unknown, &now_unknown_}) {
      for (const auto& [rule, since] : *unknown) {
        if (change.because.empty()) change.because = core::CausesInConditions(image_, subject_, rule, risks_.facts(), at);
      }
    }
    changes_.push_back(std::move(change));
  }

  void AddChange(uint32_t rule, const Standing* before, const Standing* after, AnswerChange& change) const {
    ConflictChange conflict;
    conflict.rule = rule;
    if (before != nullptr) conflict.before = StateOf(*before);
    if (after != nullptr) conflict.after = StateOf(*after);
    if (conflict.before && conflict.after && IsSame(*conflict.before, *conflict.after)) return;
    conflict.because = core::CausesOf(image_, subject_, rule, before, after, risks_.facts(), change.at);
    change.conflicts.push_back(std::move(conflict));
  }

  const Table& table_;
  const Image& image_;
  Workspace& workspace_;
  const Subject& subject_;
  const Instant from_, until_;
  core::Risks risks_;
  // The span being looked at.
  Judgement judgement_;
  std::map<uint32_t, Instant> now_unknown_;            // of the span that begins
  std::map<uint32_t, Standing> standings_;             // by rule
  std::map<Instant, std::vector<uint32_t>> dates_;     // inside the span: rules to judge again
  Verdict verdict_ = Verdict::Clear;
  std::vector<AnswerChange> changes_;
};

}  // namespace

Result<std::vector<AnswerChange>> ChangesOf(const Table& table, Workspace& workspace, const Subject& subject, Instant from, Instant until,
                                            size_t at_most, const AskOptions& options) {
  if (std::optional<Error> error = core::CheckQuestion(table.image(), subject, {}, options)) return std::move(*error);
  if (from >= until) return Error{ErrorCode::BadArgument, "the time to look at ends before it begins", ""};
  return Walking(table, workspace, subject, from, until, options).Run(at_most);
}

}  // namespace sod
