#include "runtime/core/waivers.h"

#include <algorithm>
#include <array>

#include "runtime/core/boxes.h"
#include "runtime/core/controls.h"
#include "runtime/core/judge.h"
#include "runtime/core/supply.h"

namespace sod::core {
namespace {

using format::WaiverRecord;

std::span<const format::WaiverPartyRecord> PartiesOf(const Image& image, const WaiverRecord& waiver) {
  return Slice(image.WaiverParties(), waiver.parties_first, waiver.parties_count);
}

bool IsBehind(const Image& image, uint32_t actor, uint32_t somebody) {
  const std::vector<uint32_t> reached = ActorsBehind(image, actor);
  return std::ranges::find(reached, somebody) != reached.end();
}

}  // namespace

bool IsNamedBy(const Image& image, uint32_t party, uint32_t actor) {
  if (party == actor) return true;
  return image.Actors()[party].kind == format::ActorKind::Team && IsBehind(image, party, actor);
}

bool GivesRole(const Image& image, const Holding& holding, uint32_t role) {
  const bool is_usable = holding.state != HoldingState::Requested && holding.state != HoldingState::Suspended;
  return holding.kind == HeldKind::Role && is_usable && Confers(image, holding) &&
         std::ranges::binary_search(RoleClosure(image, holding.target), role);
}

bool HoldsRole(const Image& image, const Subject& subject, uint32_t role, Instant at) {
  return std::ranges::any_of(subject.holdings, [&](const Holding& holding) {
    return IsHeldAt(holding, at) && GivesRole(image, holding, role);
  });
}

namespace {

bool MayBeFor(const Image& image, const Subject& subject, const WaiverRecord& waiver) {
  return std::ranges::any_of(PartiesOf(image, waiver), [&](const auto& party) {
    if (party.actor != kNone) return IsNamedBy(image, party.actor, subject.actor);
    return std::ranges::any_of(subject.holdings, [&](const Holding& holding) { return GivesRole(image, holding, party.role); });
  });
}

std::vector<ScopeBox> BoxesOf(const Image& image, uint32_t scope) {
  std::vector<ScopeBox> boxes;
  if (scope == kNone) return boxes;
  const format::ScopeRecord& record = image.Scopes()[scope];
  const Dimensions dimensions(image);
  for (uint32_t i = 0; i < record.boxes_count; ++i) boxes.push_back(dimensions.BoxAt(record.boxes_first + i));
  return boxes;
}

// Of an element of a side as well.
template <typename Record>
Named NamedMember(const Image& image, const Record& member) {
  const auto named = [&](const auto& row) { return Named{image.Text(row.name), image.Text(row.title)}; };
  if (member.duty != kNone) return named(image.Duties()[member.duty]);
  if (member.role != kNone) return named(image.Roles()[member.role]);
  if (member.entitlement != kNone) return named(image.Entitlements()[member.entitlement]);
  return {};
}

// What of the box lies in none of the boxes, each piece once.
void AddOutside(const Dimensions& dimensions, const ScopeBox& box, std::span<const ScopeBox> boxes, std::vector<ScopeBox>& pieces) {
  constexpr size_t kMostPieces = 64;
  if (pieces.size() >= kMostPieces) return;
  if (boxes.empty()) {
    if (std::ranges::find(pieces, box) == pieces.end()) pieces.push_back(box);
    return;
  }
  ScopeBox common = box;
  if (!dimensions.Intersect(common, boxes[0])) return AddOutside(dimensions, box, boxes.subspan(1), pieces);
  ScopeBox rest = box;
  for (uint32_t d = 0; d < dimensions.count(); ++d) {
    for (const ScopeInterval side : {ScopeInterval{rest[d].lo, common[d].lo}, ScopeInterval{common[d].hi, rest[d].hi}}) {
      if (side.lo >= side.hi) continue;
      ScopeBox piece = rest;
      piece[d] = side;
      AddOutside(dimensions, piece, boxes.subspan(1), pieces);
    }
    rest[d] = common[d];
  }
}

class JudgingWaiver {
 public:
  JudgingWaiver(const Image& image, const Subject& subject, const WaiverOfRule& waiver, const Hit& hit, const Watched& watched, Instant at,
                const Without& without)
      : image_(image), subject_(subject), record_(image.Waivers()[waiver.waiver]), named_(image.WaiverRules()[waiver.named]),
        hit_(hit), watched_(watched), at_(at), without_(without) {
    judged_.waiver = waiver.waiver;
    judged_.name = {image.Text(record_.name), image.Text(record_.title)};
    judged_.requester = NamedActor(record_.requester);
    judged_.approver = NamedActor(record_.approver);
    judged_.from = record_.from;
    judged_.until = std::min(record_.until, record_.closed);
    judged_.reason = image.Text(record_.reason);
    judged_.ticket = image.Text(record_.ticket);
    judged_.only_in = BoxesOf(image, record_.only_in);
    for (const auto& member : Slice(image.WaiverMembers(), record_.members_first, record_.members_count)) {
      judged_.only_holding.push_back(NamedMember(image, member));
    }
  }

  std::optional<JudgedWaiver> Run() {
    uint32_t late_role = kNone;
    if (!IsForSubject(late_role)) return std::nullopt;
    if (!IsOutOfTime()) {
      if (named_.breaks != 0) Reject(WaiverRejection::BreaksRule, image_.Text(named_.breaks));
      if (late_role != kNone) Reject(WaiverRejection::JoinedLater, image_.Text(image_.Roles()[late_role].title));
      TestScope();
      TestMembers();
      TestApprover();
      TestControls();
    }
    return std::move(judged_);
  }

 private:
  void Reject(WaiverRejection reason, std::string_view what = {}) { judged_.because.push_back({reason, what}); }

  Named NamedActor(uint32_t actor) const {
    const format::ActorRecord& record = image_.Actors()[actor];
    return {image_.Text(record.name), image_.Text(record.title)};
  }

  // Who got a role after the waiver began was not looked at when it was approved (SEM-19).
  bool IsForSubject(uint32_t& late_role) const {
    bool is_late = false;
    for (const format::WaiverPartyRecord& party : PartiesOf(image_, record_)) {
      if (party.actor != kNone) {
        if (IsNamedBy(image_, party.actor, subject_.actor)) return true;
        continue;
      }
      if (!HoldsRole(image_, subject_, party.role, at_)) continue;
      if (at_ < record_.from || HoldsRole(image_, subject_, party.role, record_.from)) return true;
      is_late = true;
      late_role = party.role;
    }
    return is_late;
  }

  bool IsOutOfTime() {
    if (at_ < record_.from) {
      Reject(WaiverRejection::NotYetInForce);
    } else if (at_ >= record_.closed && record_.closed < record_.until) {
      Reject(WaiverRejection::Closed, image_.Text(record_.closed_because));
    } else if (at_ >= record_.until) {
      Reject(WaiverRejection::Expired);
    }
    return !judged_.because.empty();
  }

  // ---- A narrowed waiver excuses only what lies inside altogether: where all of it is held, and all that is held.

  void TestScope() {
    if (judged_.only_in.empty()) return;
    const Dimensions dimensions(image_);
    WaiverRejectedBecause because = {.reason = WaiverRejection::OutsideScope};
    for (const auto& [element, held] : hit_.elements) {
      for (size_t i = 0; i < held.parts.size(); ++i) {
        const ScopeBox& box = held.parts[i].box;
        if (!held.part_spans[i].Contains(at_) || dimensions.IsCovered(box, judged_.only_in)) continue;
        AddOutside(dimensions, InNamedDimensions(dimensions, box), judged_.only_in, because.places);
      }
    }
    if (!because.places.empty()) judged_.because.push_back(std::move(because));
  }

  // The dimensions that the waiver does not name are of no interest. Every box of one scope names the same ones.
  ScopeBox InNamedDimensions(const Dimensions& dimensions, ScopeBox box) const {
    for (uint32_t d = 0; d < dimensions.count(); ++d) {
      if (judged_.only_in.front()[d] == dimensions.whole()[d]) box[d] = dimensions.whole()[d];
    }
    return box;
  }

  void TestMembers() {
    if (record_.members_count == 0) return;
    WaiverRejectedBecause because = {.reason = WaiverRejection::OtherMembers};
    for (const auto& [row, held] : hit_.elements) {
      const bool is_held = std::ranges::any_of(held.spans, [&](const HitSpan& span) { return span.Contains(at_); });
      if (!is_held || IsNamed(image_.Elements()[row])) continue;
      const Named name = NamedMember(image_, image_.Elements()[row]);
      if (std::ranges::find(because.members, name.name, &Named::name) == because.members.end()) because.members.push_back(name);
    }
    if (!because.members.empty()) judged_.because.push_back(std::move(because));
  }

  bool IsNamed(const format::ElementRecord& element) const {
    const auto members = Slice(image_.WaiverMembers(), record_.members_first, record_.members_count);
    return std::ranges::any_of(members, [&](const format::WaiverMemberRecord& member) {
      return member.duty == element.duty && member.role == element.role && member.entitlement == element.entitlement;
    });
  }

  // ---- The approver is another person than the beneficiary and the requester, and stands in for neither,
  // on the day asked about and on the first day of the waiver.

  void TestApprover() {
    switch (image_.Actors()[record_.approver].kind) {
      case format::ActorKind::Service:
      case format::ActorKind::Tool:
      case format::ActorKind::Agent: return Reject(WaiverRejection::ApproverIsMachine);
      default: break;
    }
    const Behind behind = WhoIsBehind(image_, watched_, record_.approver);
    if (!behind.has_others && !behind.has_watched) return Reject(WaiverRejection::ApproverVacant);
    const std::vector<uint32_t> approvers = ActorsBehind(image_, record_.approver);
    const bool is_beneficiary = std::ranges::find(approvers, subject_.actor) != approvers.end();
    if (is_beneficiary) Reject(WaiverRejection::ApproverIsBeneficiary);
    bool is_requester = false, stands_in = false;
    for (const uint32_t requester : ActorsBehind(image_, record_.requester)) {
      is_requester = is_requester || std::ranges::find(approvers, requester) != approvers.end();
      stands_in = stands_in || StandsInFor(requester);
    }
    if (is_requester) Reject(WaiverRejection::ApproverIsRequester);
    if (!is_beneficiary && StandsInFor(subject_.actor)) {
      Reject(WaiverRejection::ApproverStandsIn, image_.Text(image_.Actors()[subject_.actor].title));
    } else if (!is_requester && stands_in) {
      Reject(WaiverRejection::ApproverStandsIn, judged_.requester.title);
    }
  }

  bool StandsInFor(uint32_t actor) const {
    Subject somebody;
    somebody.actor = actor;
    const std::array days = {at_, record_.from};
    return std::ranges::any_of(days, [&](Instant day) {
      return WhoIsBehind(image_, Watched(image_, somebody, day), record_.approver).has_watched;
    });
  }

  void TestControls() {
    for (const auto& ref : Slice(image_.WaiverControls(), record_.controls_first, record_.controls_count)) {
      const JudgedControl control = JudgeControl(image_, ref.control, watched_, at_, without_);
      if (!control.counts()) Reject(WaiverRejection::ControlDoesNotCount, control.name.title);
    }
  }

  const Image& image_;
  const Subject& subject_;
  const WaiverRecord& record_;
  const format::WaiverRuleRecord& named_;
  const Hit& hit_;
  const Watched& watched_;
  const Instant at_;
  const Without& without_;
  JudgedWaiver judged_;
};

}  // namespace

std::vector<WaiverOfRule> WaiversFor(const Image& image, const Subject& subject) {
  std::vector<WaiverOfRule> found;
  if (subject.actor == kNone) return found;
  for (uint32_t row = 0; row < image.Waivers().size(); ++row) {
    const WaiverRecord& waiver = image.Waivers()[row];
    if (!MayBeFor(image, subject, waiver)) continue;
    for (uint32_t named = waiver.rules_first; named < waiver.rules_first + waiver.rules_count; ++named) {
      found.push_back({image.WaiverRules()[named].rule, row, named});
    }
  }
  std::ranges::stable_sort(found, {}, &WaiverOfRule::rule);
  return found;
}

std::optional<JudgedWaiver> JudgeWaiver(const Image& image, const Subject& subject, const WaiverOfRule& waiver, const Hit& hit,
                                        const Watched& watched, Instant at, const Without& without) {
  return JudgingWaiver(image, subject, waiver, hit, watched, at, without).Run();
}

}  // namespace sod::core

namespace sod {
namespace {

void AddOnce(std::vector<Named>& names, Named name) {
  if (std::ranges::find(names, name.name, &Named::name) == names.end()) names.push_back(name);
}

}  // namespace

Covered CoveredBy(const Table& table, const JudgedWaiver& waiver) {
  const core::Image& image = table.image();
  Covered covered;
  const auto add = [&](std::span<const format::WaiverPartyRecord> parties) {
    for (const format::WaiverPartyRecord& party : parties) {
      if (party.role != kNone) {
        const format::RoleRecord& role = image.Roles()[party.role];
        AddOnce(covered.roles, {image.Text(role.name), image.Text(role.title)});
        continue;
      }
      const bool is_team = image.Actors()[party.actor].kind == format::ActorKind::Team;
      for (const uint32_t row : is_team ? core::ActorsBehind(image, party.actor) : std::vector<uint32_t>{party.actor}) {
        const format::ActorRecord& actor = image.Actors()[row];
        if (actor.kind != format::ActorKind::Team) AddOnce(covered.people, {image.Text(actor.name), image.Text(actor.title)});
      }
    }
  };
  if (waiver.kind == ExcuseKind::Waiver) {
    const format::WaiverRecord& record = image.Waivers()[waiver.waiver];
    add(core::Slice(image.WaiverParties(), record.parties_first, record.parties_count));
  } else if (waiver.kind == ExcuseKind::Exemption) {
    const format::ExemptionRecord& record = image.Exemptions()[waiver.waiver];
    add(core::Slice(image.ExemptionParties(), record.parties_first, record.parties_count));
  }
  return covered;
}

}  // namespace sod
