// A request is judged at the beginning of its interval and wherever anything
// changes inside it (rulings SEM-12); between two such instants nothing does.
#include "runtime/core/judge.h"

#include <algorithm>
#include <string>
#include <utility>

#include "runtime/core/amendments.h"
#include "runtime/core/guards.h"
#include "runtime/core/joint_duties.h"

namespace sod::core {
namespace {

bool IsInside(const Asked& asked, Instant at) { return at > asked.from && at < asked.until; }

void SortOnce(std::vector<Instant>& instants) {
  std::ranges::sort(instants);
  const auto repeated = std::ranges::unique(instants);
  instants.erase(repeated.begin(), repeated.end());
}

// Whether holding the one role or entitlement is holding the other, in its capacity.
bool IsHeldBy(const Image& image, const Holding& holding, const Holding& request) {
  if (holding.kind != request.kind) return false;
  if (holding.target == request.target && holding.capacity == request.capacity) return true;
  const bool is_same_capacity = request.capacity == kNone || holding.capacity == kNone || holding.capacity == request.capacity;
  return holding.kind == HeldKind::Role && is_same_capacity && Confers(image, holding) && Confers(image, request) &&
         std::ranges::binary_search(RoleClosure(image, holding.target), request.target);
}

// Where the holding gives what is requested.
void AddPlaces(const Image& image, const Holding& holding, const Holding& request, std::vector<ScopeBox>& boxes) {
  if (request.kind != HeldKind::Duty) {
    if (IsHeldBy(image, holding, request)) boxes.push_back(Dimensions(image).WrittenOut(holding.box));
    return;
  }
  if (!Confers(image, holding)) return;
  const uint32_t first_acting = DefaultCapacity(image);
  const auto resolved = [&](uint32_t capacity) { return capacity == kNone ? first_acting : capacity; };
  ForEachDuty(image, holding, [&](const GivenDuty& given) {
    const bool is_same = given.duty == request.target && resolved(given.capacity) == resolved(request.capacity);
    if (is_same && given.level >= request.level) boxes.push_back(given.box);
  });
}

// INVARIANT: levels are ranks here, kNone was replaced by the top one.
Holding WithRank(const Image& image, Holding holding) {
  if (holding.kind == HeldKind::Duty && holding.level == kNone) holding.level = image.top_level();
  return holding;
}

class Judging {
 public:
  Judging(const Table& table, Workspace& workspace, const Question& question)
      : image_(table.image()), workspace_(workspace), question_(question) {
    for (const Holding& holding : question.holdings) all_.push_back(WithRank(image_, holding));
    kept_ = all_.size();
    for (const Holding& grant : question.grants) {
      all_.push_back(WithRank(image_, grant));
      all_.back().always_counts = true;
    }
    if (question.grants.empty()) return;
    for (const Holding& holding : question.before) before_.push_back(WithRank(image_, holding));
  }

  Judgement Run() {
    judgement_.already_held.assign(question_.grants.size(), true);
    for (size_t i = 0; i < question_.instants.size(); ++i) {
      span_ = {question_.instants[i], i + 1 < question_.instants.size() ? question_.instants[i + 1] : question_.end};
      JudgeAt(question_.instants[i]);
    }
    return std::move(judgement_);
  }

 private:
  std::span<const Holding> Before() const { return before_; }
  std::span<const Holding> Grants() const { return std::span(all_).subspan(kept_); }

  // Where places matter, or accounts and states of a rule's own, bits do not tell what is new.
  bool NeedsPoints(uint32_t rule) const {
    return !image_.ScopeDimensions().empty() || workspace_.points().exact().IsExact(rule);
  }

  struct HeldElement {
    uint32_t rule, element;
    std::vector<Part> parts;
  };

  void JudgeAt(Instant at) {
    const std::span<const uint32_t> found = workspace_.Violations(all_, at, question_.holder);
    const std::vector<uint32_t> violated(found.begin(), found.end());
    const bool needs_points = std::ranges::any_of(violated, [&](uint32_t rule) { return NeedsPoints(rule); });
    if (needs_points) workspace_.FillPoints(all_, at);
    std::vector<HeldElement> held;
    for (const uint32_t rule : violated) NoteHeld(rule, at, held);
    std::vector<HeldElement> maybe_supplied;
    if (workspace_.points().exact().has_undecided() || !image_.RuleConditions().empty()) NotePossible(violated, at, maybe_supplied);
    if (Grants().empty()) return;
    for (size_t i = 0; i < Grants().size(); ++i) {
      const Holding& grant = Grants()[i];
      if (judgement_.already_held[i] && IsHeldAt(grant, at)) judgement_.already_held[i] = IsHeldBefore(grant, at);
    }
    workspace_.Violations(Before(), at, question_.holder);
    if (needs_points || !maybe_supplied.empty()) workspace_.FillPoints(Before(), at);
    const auto is_new = [&](const HeldElement& item) {
      return NeedsPoints(item.rule) ? IsSomethingNew(image_, workspace_.points(), item.rule, item.element, item.parts)
                                    : !workspace_.HoldsElement(item.element);
    };
    for (const HeldElement& item : held) {
      if (!is_new(item)) continue;
      // Every member held takes part in some minimal witness of a violated limit, and every
      // element held stands for its member in one: a new element introduces the conflict.
      HitElement& element = judgement_.hits[item.rule].elements[item.element];
      element.is_new = true;
      judgement_.hits[item.rule].introduced = true;
      for (const Supplier& supplier : element.suppliers) {
        // A new way of holding it is something new.
        if (supplier.holding >= kept_ && IsHeldAt(all_[supplier.holding], at)) judgement_.already_held[supplier.holding - kept_] = false;
      }
    }
    judgement_.is_request_undecided |= std::ranges::any_of(maybe_supplied, [&](const HeldElement& item) {
      const bool is_certain = std::ranges::any_of(held, [&](const HeldElement& one) { return one.rule == item.rule && is_new(one); });
      return !is_certain && is_new(item);
    });
  }

  // Rules that may be violated, and what of them the request supplies.
  void NotePossible(const std::vector<uint32_t>& violated, Instant at, std::vector<HeldElement>& supplied) {
    const std::span<const uint32_t> found = workspace_.PossibleViolations(all_, at, question_.holder);
    const std::vector<uint32_t> possible(found.begin(), found.end());
    for (const uint32_t rule : possible) {
      if (std::ranges::binary_search(violated, rule)) continue;
      const bool is_known = AppliesTo(image_, rule, {.at = at, .holder = question_.holder}) >= ConditionState::Depends;
      if (is_known) judgement_.undecided.insert(rule);
      else judgement_.unknown.try_emplace(rule, at);
    }
    if (Grants().empty() || possible.empty()) return;
    if (std::ranges::any_of(possible, [&](uint32_t rule) { return NeedsPoints(rule); })) {
      workspace_.FillPoints(all_, at, /*with_undecided=*/true);
    }
    for (const uint32_t rule : possible) {
      const format::RuleRecord& record = image_.Rules()[rule];
      for (uint32_t side = record.sides_first; side < record.sides_first + record.sides_count; ++side) {
        const format::SideRecord& side_record = image_.Sides()[side];
        for (uint32_t i = 0; i < side_record.elements_count; ++i) {
          NoteSupplied({rule, side, side_record.elements_first + i, at}, supplied);
        }
      }
    }
  }

  struct ElementThen {
    uint32_t rule, side, element;
    Instant at;
  };

  void NoteSupplied(const ElementThen& what, std::vector<HeldElement>& supplied) const {
    if (!workspace_.HoldsElement(what.element)) return;
    const auto is_held = [&](uint32_t source) { return workspace_.HoldsAtom(source); };
    std::vector<ScopeBox> places;
    for (const uint32_t behind : AtomsBehind(image_, image_.Elements()[what.element].atom, is_held)) {
      AddSupplied(what, behind, places);
    }
    if (places.empty()) return;
    std::vector<Part> parts;
    if (NeedsPoints(what.rule)) {
      for (const Part& part : PartsOf(image_, workspace_.points(), what.rule, what.side, what.element)) {
        for (const ScopeBox& place : places) {
          Part common = part;
          if (workspace_.points().dimensions().Intersect(common.box, place)) parts.push_back(common);
        }
      }
    }
    supplied.push_back({what.rule, what.element, std::move(parts)});
  }

  void AddSupplied(const ElementThen& what, uint32_t atom, std::vector<ScopeBox>& places) const {
    for (const Holding& asked : Grants()) {
      if (IsHeldAt(asked, what.at)) AddSuppliedBy(asked, what, atom, places);
    }
  }

  // Where the request gives the atom, for certain or by a grant that is not decided. What the same
  // grant gives already is decided alike, and so not new.
  void AddSuppliedBy(const Holding& asked, const ElementThen& what, uint32_t atom, std::vector<ScopeBox>& places) const {
    const format::RuleRecord& rule = image_.Rules()[what.rule];
    uint32_t row = kNone;
    Sets(image_, asked, atom, [&](const ScopeBox& box) {
      places.push_back(box);
      return false;
    }, row);
    // A way that avoids a role is another one than that of the same grant through the role.
    const bool knows_grants = image_.Atoms()[atom].avoids == format::kNone && rule.subject != format::RuleSubject::Account;
    for (const UndecidedPlace& given : UndecidedPlaces(image_, asked, atom)) {
      std::vector<ScopeBox> alike;
      for (const Holding& holding : Before()) {
        if (!knows_grants || !IsHeldAt(holding, what.at) || !Counts(rule, holding)) continue;
        for (const UndecidedPlace& other : UndecidedPlaces(image_, holding, atom)) {
          if (other.grant == given.grant) alike.push_back(other.box);
        }
      }
      if (!workspace_.points().dimensions().IsCovered(given.box, alike)) places.push_back(given.box);
    }
  }

  uint32_t MembersHeld(uint32_t rule) const {
    if (!workspace_.points().exact().IsExact(rule)) return workspace_.MembersHeld(rule);
    uint32_t most = 0;
    for (const uint32_t account : workspace_.points().AccountsFor(rule)) {
      most = std::max(most, workspace_.points().MembersHeld(rule, account));
    }
    return most;
  }

  void NoteHeld(uint32_t rule, Instant at, std::vector<HeldElement>& held) {
    Hit& hit = judgement_.hits[rule];
    hit.held = std::max(hit.held, MembersHeld(rule));
    hit.first = std::min(hit.first, at);
    hit.spans.push_back(span_);
    const bool needs_points = NeedsPoints(rule);
    const format::RuleRecord& record = image_.Rules()[rule];
    for (uint32_t side = record.sides_first; side < record.sides_first + record.sides_count; ++side) {
      const format::SideRecord& side_record = image_.Sides()[side];
      for (uint32_t i = 0; i < side_record.elements_count; ++i) {
        const uint32_t element = side_record.elements_first + i;
        if (!workspace_.HoldsElement(element)) continue;
        std::vector<Part> parts;
        if (needs_points) {
          parts = PartsOf(image_, workspace_.points(), rule, side, element);
          if (parts.empty()) continue;
        }
        HitElement& hit_element = hit.elements[element];
        hit_element.parts.insert(hit_element.parts.end(), parts.begin(), parts.end());
        hit_element.part_spans.resize(hit_element.parts.size(), span_);
        hit_element.spans.push_back(span_);
        NoteSuppliers(hit_element, record, image_.Elements()[element].atom, at);
        held.push_back({rule, element, std::move(parts)});
      }
    }
  }

  // Whether the rule looks at the holding at all, wherever it takes part.
  bool Counts(const format::RuleRecord& rule, const Holding& holding) const {
    return holding.always_counts || (rule.counting >> static_cast<uint32_t>(holding.state) & 1) != 0;
  }

  void NoteSuppliers(HitElement& hit, const format::RuleRecord& rule, uint32_t atom, Instant at) {
    const auto is_held = [&](uint32_t source) { return workspace_.HoldsAtom(source); };
    for (const uint32_t behind : AtomsBehind(image_, atom, is_held)) {
      for (uint32_t i = 0; i < all_.size(); ++i) {
        if (!IsHeldAt(all_[i], at) || !Counts(rule, all_[i])) continue;
        const auto takes_part = [&](const ScopeBox& box) { return TakesPart(hit, all_[i], box); };
        Supplier supplier = {i, behind};
        if (!Sets(image_, all_[i], behind, takes_part, supplier.row)) continue;
        const auto place = std::ranges::lower_bound(hit.suppliers, supplier);
        if (place == hit.suppliers.end() || *place != supplier) hit.suppliers.insert(place, supplier);
      }
    }
  }

  // What is held elsewhere, or by another account, is no way to this conflict.
  bool TakesPart(const HitElement& hit, const Holding& holding, const ScopeBox& held) const {
    if (hit.parts.empty()) return true;
    const Dimensions& dimensions = workspace_.points().dimensions();
    const uint32_t account = holding.account == kNone ? kOwnAccount : holding.account;
    return std::ranges::any_of(hit.parts, [&](const Part& part) {
      if (part.account != kEveryAccount && part.account != account && !holding.always_counts) return false;
      ScopeBox box = held;
      return dimensions.Intersect(box, part.box);
    });
  }

  bool IsHeldBefore(const Holding& grant, Instant at) const {
    std::vector<ScopeBox> boxes;
    for (const Holding& holding : Before()) {
      if (IsUsableAt(image_, holding, at)) AddPlaces(image_, holding, grant, boxes);
    }
    AddJointPlaces(grant, at, boxes);
    const Dimensions& dimensions = workspace_.points().dimensions();
    return dimensions.IsCovered(dimensions.WrittenOut(grant.box), boxes);
  }

  // What is requested may be held by several entitlements together: at the highest level, in the
  // first acting capacity.
  void AddJointPlaces(const Holding& request, Instant at, std::vector<ScopeBox>& boxes) const {
    const uint32_t first_acting = DefaultCapacity(image_);
    const bool is_as_conferred = request.capacity == kNone || request.capacity == first_acting;
    if (request.kind != HeldKind::Duty || !is_as_conferred) return;
    for (const JointDuty& joint : JointDutiesOf(image_, Before(), at)) {
      if (joint.duty == request.target) boxes.insert(boxes.end(), joint.boxes.begin(), joint.boxes.end());
    }
  }

  const Image& image_;
  Workspace& workspace_;
  const Question& question_;
  std::vector<Holding> all_;          // those that stay, then what is granted
  size_t kept_ = 0;
  std::vector<Holding> before_;
  HitSpan span_;                      // from the instant being judged to the next one
  Judgement judgement_;
};

}  // namespace

namespace {

size_t RowsOf(const Image& image, HeldKind kind) {
  switch (kind) {
    case HeldKind::Duty: return image.Duties().size();
    case HeldKind::Role: return image.Roles().size();
    case HeldKind::Entitlement: return image.Entitlements().size();
  }
  return 0;
}

bool IsPlace(const Image& image, const ScopeBox& box) {
  const Dimensions dimensions(image);
  for (uint32_t d = 0; d < kMaxDimensions; ++d) {
    if (box[d] == ScopeInterval{}) continue;
    if (d >= dimensions.count() || box[d].lo >= box[d].hi || box[d].hi > dimensions.whole()[d].hi) return false;
  }
  return true;
}

}  // namespace

std::optional<Error> CheckHolding(const Image& image, const Holding& holding, const char* what) {
  const auto bad = [&](const char* why) {
    return Error{ErrorCode::BadArgument, std::string(what) + " " + why, ""};
  };
  if (holding.target >= RowsOf(image, holding.kind)) return bad("names a row that does not exist");
  if (holding.from >= holding.until) return bad("ends before it begins");
  if (!IsPlace(image, holding.box)) return bad("is in a place that does not exist");
  if (holding.state > HoldingState::Emergency) return bad("has a state that does not exist");
  if (holding.account != kNone && holding.account >= image.Accounts().size()) {
    return bad("names an account that does not exist");
  }
  if (holding.delegation != kNone && holding.delegation >= image.Delegations().size()) {
    return bad("names a delegation that does not exist");
  }
  if (holding.capacity != kNone) {
    const uint32_t scale = CapacityScale(image);
    if (scale == kNone || holding.capacity >= image.Scales()[scale].members_count) {
      return bad("has a capacity that does not exist");
    }
  }
  if (holding.kind != HeldKind::Duty || holding.level == kNone) return std::nullopt;
  if (holding.level > image.top_level()) return bad("has a level that does not exist");
  if (holding.level == 0 && image.level_count() != 0) return bad("is at the lowest level, which grants nothing");
  return std::nullopt;
}

std::optional<Error> CheckQuestion(const Image& image, const Subject& subject, const Request& request, const AskOptions& options) {
  if (subject.holdings.size() + request.grants.size() > kMaxHoldings || request.revocations.size() > kMaxHoldings) {
    return Error{ErrorCode::LimitExceeded,
                 "one subject holds more than " + std::to_string(kMaxHoldings) + " things", ""};
  }
  for (const Holding& holding : subject.holdings) {
    const bool is_named = holding.assignment == kNone || holding.assignment < image.Assignments().size();
    if (!is_named) return Error{ErrorCode::BadArgument, "a holding names an assignment that does not exist", ""};
    if (holding.from >= holding.until) continue;  // never held
    if (std::optional<Error> error = CheckHolding(image, holding, "a holding")) return error;
  }
  const auto is_beyond = [](const auto& rows, size_t count) { return std::ranges::any_of(rows, [&](uint32_t row) { return row >= count; }); };
  if (is_beyond(options.without_controls, image.Controls().size()) || is_beyond(options.without_systems, image.Systems().size())) {
    return Error{ErrorCode::BadArgument, "what is to be taken away names a row that does not exist", ""};
  }
  for (const auto* part : {&request.grants, &request.revocations}) {
    for (const Holding& holding : *part) {
      if (std::optional<Error> error = CheckHolding(image, holding, "the request")) return error;
    }
  }
  return std::nullopt;
}

Result<Asked> ClipRequest(const Request& request, Instant as_of) {
  Asked asked = {request.grants, request.revocations, kEndOfTime, kBeginningOfTime};
  for (auto* part : {&asked.grants, &asked.revocations}) {
    for (Holding& clipped : *part) {
      if (clipped.from == kBeginningOfTime) clipped.from = as_of;
      if (clipped.from >= clipped.until) return Error{ErrorCode::BadArgument, "the request ends before it begins", ""};
      asked.from = std::min(asked.from, clipped.from);
      asked.until = std::max(asked.until, clipped.until);
    }
  }
  return asked;
}

std::vector<Instant> InstantsOf(const Image& image, const Asked& asked, const Subject& before, std::span<const Instant> rule_changes) {
  std::vector<Instant> instants(rule_changes.begin(), rule_changes.end());
  instants.push_back(asked.from);
  ForEachHolderChange(image, before.actor, [&](Instant at) {
    if (IsInside(asked, at)) instants.push_back(at);
  });
  for (const std::span<const Holding> part : {std::span<const Holding>(before.holdings), std::span<const Holding>(asked.grants), std::span<const Holding>(asked.revocations)}) {
    for (const Holding& holding : part) {
      for (const Instant at : {holding.from, holding.until}) {
        if (IsInside(asked, at)) instants.push_back(at);
      }
    }
  }
  SortOnce(instants);
  return instants;
}

std::vector<Instant> RuleChanges(const Image& image, const Asked& asked) {
  std::vector<Instant> instants;
  const auto add = [&](Instant at) {
    if (IsInside(asked, at)) instants.push_back(at);
  };
  for (const format::RuleRecord& rule : image.Rules()) {
    for (const Instant at : {rule.valid_from, rule.valid_until, rule.disabled_until}) add(at);
  }
  for (const format::RuleAmendmentRecord& amendment : image.RuleAmendments()) add(amendment.until);
  return instants;
}

Judgement Judge(const Table& table, Workspace& workspace, const Question& question) {
  return Judging(table, workspace, question).Run();
}

Verdict DispositionOf(format::Mode effective_mode) {
  switch (effective_mode) {
    case format::Mode::Deny: return Verdict::Denied;
    case format::Mode::Approve: return Verdict::NeedsApproval;
    case format::Mode::Warn: return Verdict::Warned;
    case format::Mode::Observe: return Verdict::Observed;
  }
  return Verdict::Denied;
}

}  // namespace sod::core
