#include "compiler/sema/scales.h"

#include "compiler/sema/passes.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using model::ScaleMeasures;

constexpr Word<ScaleMeasures> kMeasures[] = {{"risk", ScaleMeasures::Risk},
                                             {"access", ScaleMeasures::Access},
                                             {"duty_class", ScaleMeasures::DutyClass},
                                             {"control_property", ScaleMeasures::ControlProperty},
                                             {"category", ScaleMeasures::Category},
                                             {"other", ScaleMeasures::Other},
                                             {"capacity", ScaleMeasures::Capacity},
                                             {"state", ScaleMeasures::State}};

std::string_view NounOf(ScaleMeasures measures) {
  switch (measures) {
    case ScaleMeasures::Risk: return "risk";
    case ScaleMeasures::Access: return "access";
    case ScaleMeasures::DutyClass: return "duty_class";
    case ScaleMeasures::ControlProperty: return "control_property";
    case ScaleMeasures::Category: return "category";
    case ScaleMeasures::Other: return "other";
    case ScaleMeasures::Capacity: return "capacity";
    case ScaleMeasures::State: return "state";
  }
  return "";
}

std::string_view ImportFor(ScaleMeasures measures) {
  switch (measures) {
    case ScaleMeasures::Risk: return "import std.risk";
    case ScaleMeasures::Access: return "import std.levels";
    case ScaleMeasures::DutyClass: return "import std.classes";
    case ScaleMeasures::ControlProperty: return "import std.properties";
    case ScaleMeasures::Capacity: return "import std.capacities";
    case ScaleMeasures::State: return "import std.states";
    case ScaleMeasures::Category:
    case ScaleMeasures::Other: return "";
  }
  return "";
}

constexpr size_t kMaxMembers = 0xffff;  // ranks are 16 bits wide in the table

std::string MemberKey(ScaleMeasures measures, std::string_view name) {
  return std::to_string(static_cast<int>(measures)) + std::string(name);
}

std::string MemberKey(model::ScaleId scale, std::string_view name) {
  return '#' + std::to_string(scale.index) + '/' + std::string(name);
}

// Whoever holds a duty in an acting capacity does it; in another one they hold nothing.
bool IsActing(Context& context, model::ScaleId id, const ast::Attribute& member) {
  const model::Scale& scale = context.model.scales[id];
  const ast::Attribute* acting = Find(member.nested, AttributeKind::Acting);
  if (acting == nullptr) return false;
  if (scale.measures == ScaleMeasures::Capacity) return true;
  if (context.incomplete_scales.count(id.index) != 0) return false;
  Diagnose<DiagKind::AttributeMisplaced>(acting->keyword_span, "acting", "a scale that measures " + std::string(NounOf(scale.measures)))
      .Help("only capacities act: `measures capacity`")
      .To(context.sink);
  return false;
}

void AddMember(Context& context, model::ScaleId scale_id, const ast::Attribute& attribute, bool is_own) {
  const auto path = FirstPath(&attribute);
  if (!path) return;
  model::Scale& scale = context.model.scales[scale_id];
  if (scale.members.size() == kMaxMembers) {
    const std::string cause = "members of " + scale.common.name;
    if (context.causes.Has(cause)) return;
    return context.ReportOnce(cause, Diagnose<DiagKind::NumberOutOfRange>(path->span, "the number of members", "at most 65535")
                                         .Help("a scale of that size is no vocabulary"));
  }
  const auto next = static_cast<uint32_t>(context.model.scale_members.size());
  context.members.try_emplace(MemberKey(scale.measures, path->last()), next);
  const auto [first, is_new] = context.members.try_emplace(MemberKey(scale_id, path->last()), next);
  if (!is_new) {
    const model::Common& common = context.model.scale_members[model::ScaleMemberId{first->second}].common;
    Diagnose<DiagKind::NameDeclaredTwice>(path->span, common.name)
        .Label(common.span, "first declared here")
        .Help("the members of a scale have different names")
        .To(context.sink);
    return;
  }
  model::ScaleMember member;
  member.common.name = path->last();
  const std::string title = TextOf(&attribute);
  member.common.title = title.empty() ? member.common.name : title;
  member.common.description = TextOf(Find(attribute.nested, AttributeKind::Description));
  member.common.span = path->span;
  member.common.is_own = is_own;
  member.scale = scale_id;
  member.rank = static_cast<uint32_t>(scale.members.size());
  member.symbol = TextOf(Find(attribute.nested, AttributeKind::Symbol));
  member.shown = TextOf(Find(attribute.nested, AttributeKind::Shown));
  member.definition = TextOf(Find(attribute.nested, AttributeKind::Definition));
  member.is_acting = IsActing(context, scale_id, attribute);
  scale.members.push_back(context.model.scale_members.Add(std::move(member)));
}

void RegisterMeasure(Context& context, model::ScaleId id, model::ScaleId& slot) {
  if (!slot.is_valid()) {
    slot = id;
    return;
  }
  const model::Scale& later = context.model.scales[id];
  const bool is_own = later.common.is_own || !context.model.scales[slot].common.is_own;
  const model::Scale& scale = is_own ? later : context.model.scales[slot];
  const model::Scale& other = is_own ? context.model.scales[slot] : later;
  Diagnose<DiagKind::ScaleMeasuredTwice>(scale.common.span, NounOf(scale.measures))
      .Label(other.common.span, "the other one")
      .Help("a policy has one scale of " + std::string(NounOf(scale.measures)) + "; leave out one declaration or its import")
      .To(context.sink);
}

void CheckMembers(Context& context, model::ScaleId id) {
  const model::Scale& scale = context.model.scales[id];
  const bool is_access = scale.measures == ScaleMeasures::Access;
  if (!scale.members.empty() && (!is_access || scale.members.size() > 1)) return;
  Diagnose<DiagKind::ScaleWithoutMembers>(scale.common.span, scale.common.name,
                                          scale.members.empty() ? "no members" : "one level only")
      .Help(is_access ? "the lowest level of an access scale means no access; name at least one above it"
                      : "name them, the lowest first: `member low \"Low\"`")
      .To(context.sink);
}

}  // namespace

void ResolveScales(Context& context) {
  model::ScaleId capacity_scale, state_scale;  // a holding has one of each, so a second scale would be two answers
  ForEachSymbol(context, {EntityKind::Scale}, [&](const Symbol& symbol) {
    const model::ScaleId id{symbol.index};
    const Attributes& attributes = symbol.declaration->attributes;
    if (context.IsDamaged(*symbol.declaration)) context.incomplete_scales.insert(symbol.index);
    const ast::Attribute* measures = Find(attributes, AttributeKind::Measures);
    if (const auto path = FirstPath(measures)) {
      const auto word = WordOf(context, *path, "thing a scale measures", kMeasures);
      if (!word) context.incomplete_scales.insert(symbol.index);
      context.model.scales[id].measures = word.value_or(ScaleMeasures::Other);
    }
    for (const ast::Attribute& attribute : attributes) {
      if (attribute.kind == AttributeKind::Member) AddMember(context, id, attribute, context.model.scales[id].common.is_own);
    }
    CheckMembers(context, id);
    const ScaleMeasures what = context.model.scales[id].measures;
    if (what == ScaleMeasures::Risk) RegisterMeasure(context, id, context.model.risk_scale);
    if (what == ScaleMeasures::Access) RegisterMeasure(context, id, context.model.access_scale);
    if (what == ScaleMeasures::Capacity) RegisterMeasure(context, id, capacity_scale);
    if (what == ScaleMeasures::State) RegisterMeasure(context, id, state_scale);
  });
}

namespace {

void ReportUnknownMember(Context& context, const NamePath& path, ScaleMeasures measures,
                         const std::vector<model::ScaleId>& scales) {
  std::vector<std::string_view> candidates;
  for (model::ScaleId id : scales) {
    for (model::ScaleMemberId member : context.model.scales[id].members) {
      candidates.push_back(context.model.scale_members[member].common.name);
    }
  }
  if (scales.empty()) {
    const std::string_view import = ImportFor(measures);
    context.ReportOnce(kScaleMissing + std::string(NounOf(measures)),
                       Diagnose<DiagKind::ScaleMissing>(path.span, NounOf(measures))
                           .Help(import.empty() ? "declare a scale that `measures " + std::string(NounOf(measures)) + "`"
                                                : "write `" + std::string(import) + "` or declare a scale of your own"));
    return;
  }
  const model::Scale& scale = context.model.scales[scales.front()];
  const std::string text = path.Joined();
  const std::string_view nearest = Nearest(text, candidates);
  auto diagnostic =
      Diagnose<DiagKind::ScaleMemberUnknown>(path.span, text, "scale `" + scale.common.name + "`");
  if (!nearest.empty()) diagnostic = std::move(diagnostic).Fix(path.span, SpellName(nearest));
  context.ReportOnce("member " + scale.common.name + " " + text,
                     std::move(diagnostic)
                         .Label(scale.common.span, "the scale is declared here")
                         .Help(DidYouMean(text, candidates, "its members are " + ListOfChoices(candidates))));
}

}  // namespace

model::ScaleMemberId ResolveMember(Context& context, const std::optional<NamePath>& path, ScaleMeasures measures) {
  if (!path) return {};
  const auto found = context.members.find(MemberKey(measures, path->last()));
  if (found != context.members.end()) return model::ScaleMemberId{found->second};
  std::vector<model::ScaleId> scales;
  bool is_complete = true;
  for (size_t i = 0; i < context.model.scales.size(); ++i) {
    const model::ScaleId id = context.model.scales.IdAt(i);
    if (context.model.scales[id].measures != measures) continue;
    scales.push_back(id);
    is_complete &= context.incomplete_scales.count(id.index) == 0;
  }
  // No scale at all proves nothing when one may be among what was lost or damaged.
  if (scales.empty()) is_complete = !context.has_lost_text && context.incomplete_scales.empty();
  if (is_complete) ReportUnknownMember(context, *path, measures, scales);
  return {};
}

model::ScaleMemberId ResolveLevel(Context& context, const std::optional<NamePath>& path, LevelUse use) {
  const model::ScaleId scale_id = context.model.access_scale;
  if (path) {
    const model::ScaleMemberId level = ResolveMember(context, path, ScaleMeasures::Access);
    if (level.is_valid() && context.model.scale_members[level].rank == 0) {
      Diagnose<DiagKind::LevelIsBottom>(path->span, path->Joined())
          .Label(context.model.scale_members[level].common.span, "the lowest level")
          .Help("name a level above it, or leave the duty out")
          .To(context.sink);
      return {};
    }
    return level;
  }
  if (!scale_id.is_valid()) return {};
  const auto& members = context.model.scales[scale_id].members;
  if (members.size() < 2) return {};
  return use == LevelUse::Holding ? members.back() : members[1];
}

uint32_t RankOf(const Context& context, model::ScaleMemberId level) {
  return level.is_valid() ? context.model.scale_members[level].rank : 0;
}

}  // namespace sodc::sema
