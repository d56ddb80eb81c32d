// A request is judged at the beginning of its interval and wherever anything
// changes inside it (rulings SEM-12); between two such instants nothing does.
#include "runtime/core/judge.h"

#include <algorithm>
#include <string>
#include <utility>

namespace sod::core {
namespace {

bool IsInside(const Holding& request, Instant at) { return at > request.from && at < request.until; }

void SortOnce(std::vector<Instant>& instants) {
  std::ranges::sort(instants);
  const auto repeated = std::ranges::unique(instants);
  instants.erase(repeated.begin(), repeated.end());
}

// The instants at which the question has to be asked.
std::vector<Instant> InstantsOf(const Question& question) {
  if (!question.request) return {question.as_of};
  const Holding& request = *question.request;
  std::vector<Instant> instants(question.rule_changes.begin(), question.rule_changes.end());
  instants.push_back(request.from);
  for (const Holding& holding : question.holdings) {
    for (const Instant at : {holding.from, holding.until}) {
      if (IsInside(request, at)) instants.push_back(at);
    }
  }
  SortOnce(instants);
  return instants;
}

bool SuppliesTarget(const Image& image, const Holding& holding, const Holding& request) {
  if (!holding.is_role) {
    return !request.is_role && holding.target == request.target && holding.level >= request.level;
  }
  if (request.is_role) {
    return std::ranges::binary_search(RoleClosure(image, holding.target), request.target);
  }
  const std::optional<uint32_t> level = LevelInRole(image, holding.target, request.target);
  return level && *level >= request.level;
}

// INVARIANT: levels are ranks here, kNone was replaced by the top one.
Holding WithRank(const Image& image, Holding holding) {
  if (!holding.is_role && holding.level == kNone) holding.level = image.top_level();
  return holding;
}

class Judging {
 public:
  Judging(const Table& table, Workspace& workspace, const Question& question)
      : image_(table.image()), workspace_(workspace), question_(question) {
    for (const Holding& holding : question.holdings) all_.push_back(WithRank(image_, holding));
    before_ = all_.size();
    if (question.request) all_.push_back(WithRank(image_, *question.request));
  }

  Judgement Run() {
    judgement_.already_held = question_.request.has_value();
    for (const Instant at : InstantsOf(question_)) JudgeAt(at);
    return std::move(judgement_);
  }

 private:
  std::span<const Holding> Before() const { return std::span(all_).first(before_); }

  void JudgeAt(Instant at) {
    const std::span<const uint32_t> found = workspace_.Violations(all_, at);
    const std::vector<uint32_t> violated(found.begin(), found.end());
    std::vector<std::pair<uint32_t, uint32_t>> held;  // rule, element
    for (const uint32_t rule : violated) NoteHeld(rule, at, held);
    if (!question_.request) return;
    if (judgement_.already_held) judgement_.already_held = IsHeldBefore(at);
    workspace_.Violations(Before(), at);
    for (const auto& [rule, element] : held) {
      if (workspace_.HoldsElement(element)) continue;
      // Every member held takes part in some minimal witness of a violated limit, and every
      // element held stands for its member in one: a new element introduces the conflict.
      judgement_.hits[rule].elements[element].is_new = true;
      judgement_.hits[rule].introduced = true;
    }
  }

  void NoteHeld(uint32_t rule, Instant at, std::vector<std::pair<uint32_t, uint32_t>>& held) {
    Hit& hit = judgement_.hits[rule];
    hit.held = std::max(hit.held, workspace_.MembersHeld(rule));
    hit.first = std::min(hit.first, at);
    const format::RuleRecord& record = image_.Rules()[rule];
    for (const format::SideRecord& side :
         Slice(image_.Sides(), record.sides_first, record.sides_count)) {
      for (uint32_t i = 0; i < side.elements_count; ++i) {
        const uint32_t element = side.elements_first + i;
        if (!workspace_.HoldsElement(element)) continue;
        held.emplace_back(rule, element);
        NoteSuppliers(hit.elements[element], image_.Elements()[element], at);
      }
    }
  }

  void NoteSuppliers(HitElement& hit, const format::ElementRecord& element, Instant at) {
    for (uint32_t i = 0; i < all_.size(); ++i) {
      if (!IsHeldAt(all_[i], at) || !Supplies(image_, all_[i], element)) continue;
      const auto place = std::ranges::lower_bound(hit.holdings, i);
      if (place == hit.holdings.end() || *place != i) hit.holdings.insert(place, i);
    }
  }

  bool IsHeldBefore(Instant at) const {
    return std::ranges::any_of(Before(), [&](const Holding& holding) {
      return IsHeldAt(holding, at) && SuppliesTarget(image_, holding, all_.back());
    });
  }

  const Image& image_;
  Workspace& workspace_;
  const Question& question_;
  std::vector<Holding> all_;
  size_t before_ = 0;
  Judgement judgement_;
};

}  // namespace

std::optional<Error> CheckHolding(const Image& image, const Holding& holding, const char* what) {
  const size_t rows = holding.is_role ? image.Roles().size() : image.Duties().size();
  const auto bad = [&](const char* why) {
    return Error{ErrorCode::BadArgument, std::string(what) + " " + why, ""};
  };
  if (holding.target >= rows) return bad("names a row that does not exist");
  if (holding.from >= holding.until) return bad("ends before it begins");
  if (holding.is_role || holding.level == kNone) return std::nullopt;
  if (holding.level > image.top_level()) return bad("has a level that does not exist");
  if (holding.level == 0 && image.level_count() != 0) return bad("is at the lowest level, which grants nothing");
  return std::nullopt;
}

Result<Holding> ClipRequest(const Holding& request, Instant as_of) {
  Holding clipped = request;
  if (clipped.from == kBeginningOfTime) clipped.from = as_of;
  if (clipped.from >= clipped.until) {
    return Error{ErrorCode::BadArgument, "the request ends before it begins", ""};
  }
  return clipped;
}

std::vector<Instant> RuleChanges(const Image& image, const Holding& request) {
  std::vector<Instant> instants;
  for (const format::RuleRecord& rule : image.Rules()) {
    for (const Instant at : {rule.valid_from, rule.valid_until}) {
      if (IsInside(request, at)) instants.push_back(at);
    }
  }
  SortOnce(instants);
  return instants;
}

Judgement Judge(const Table& table, Workspace& workspace, const Question& question) {
  return Judging(table, workspace, question).Run();
}

Verdict DispositionOf(const Image& image, uint32_t rule) {
  switch (std::min(image.Rules()[rule].mode, image.meta().mode_ceiling)) {
    case format::Mode::Deny: return Verdict::Denied;
    case format::Mode::Approve: return Verdict::NeedsApproval;
    case format::Mode::Warn: return Verdict::Warned;
    case format::Mode::Observe: return Verdict::Observed;
  }
  return Verdict::Denied;
}

bool Supplies(const Image& image, const Holding& holding, const format::ElementRecord& element) {
  if (!holding.is_role) {
    return element.kind == format::ElementKind::Duty && element.duty == holding.target &&
           holding.level >= element.level;
  }
  const format::RoleRecord& role = image.Roles()[holding.target];
  return std::ranges::binary_search(Slice(image.RoleAtoms(), role.atoms_first, role.atoms_count),
                                    element.atom, {}, &format::RoleAtomRecord::atom);
}

std::vector<uint32_t> RoleClosure(const Image& image, uint32_t role) {
  std::vector<bool> is_found(image.Roles().size(), false);
  std::vector<uint32_t> found = {role};
  is_found[role] = true;
  for (size_t i = 0; i < found.size(); ++i) {
    const format::RoleRecord& record = image.Roles()[found[i]];
    for (const format::RoleRefRecord& include :
         Slice(image.RoleIncludes(), record.includes_first, record.includes_count)) {
      if (is_found[include.role]) continue;
      is_found[include.role] = true;
      found.push_back(include.role);
    }
  }
  std::ranges::sort(found);
  return found;
}

std::optional<uint32_t> LevelInRole(const Image& image, uint32_t role, uint32_t duty) {
  const format::RoleRecord& record = image.Roles()[role];
  const auto duties = Slice(image.RoleDuties(), record.duties_first, record.duties_count);
  const auto place = std::ranges::lower_bound(duties, duty, {}, &format::RoleDutyRecord::duty);
  if (place == duties.end() || place->duty != duty) return std::nullopt;
  return place->level;
}

}  // namespace sod::core
