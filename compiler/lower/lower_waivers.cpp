// Waivers, with what each of them breaks for which rule.
#include "compiler/lower/builder.h"
#include "compiler/model/waivers.h"

namespace sodc::lower {
namespace {

// All breaches in one text: the answer says each of them.
std::string WordsOf(const std::vector<model::Breach>& breaches) {
  std::string words;
  for (const model::Breach& breach : breaches) {
    if (words.find(breach.words) != std::string::npos) continue;
    words += (words.empty() ? "" : "; ") + breach.words;
  }
  return words;
}

void AddLists(Builder& builder, const model::Waivers& waivers, const model::Waiver& waiver, format::WaiverRecord& record) {
  TableImage& image = builder.image;
  record.parties_first = Begin(image.WaiverParties);
  for (const model::WaiverParty& party : waiver.parties) {
    image.WaiverParties.push_back({builder.ActorRow(party.actor), Builder::Row(party.role)});
  }
  record.parties_count = CountSince(image.WaiverParties, record.parties_first);
  record.rules_first = Begin(image.WaiverRules);
  for (const model::ConflictId conflict : waiver.conflicts) {
    image.WaiverRules.push_back({Builder::Row(conflict), builder.Text(WordsOf(waivers.BreachesOf(waiver, conflict)))});
  }
  record.rules_count = CountSince(image.WaiverRules, record.rules_first);
  builder.ControlRange(waiver.controls, image.WaiverControls, record.controls_first, record.controls_count);
  record.members_first = Begin(image.WaiverMembers);
  for (const auto& member : waiver.members) {
    format::WaiverMemberRecord row;
    row.duty = row.role = row.entitlement = format::kNone;
    if (const auto* duty = std::get_if<model::DutyId>(&member)) row.duty = Builder::Row(*duty);
    if (const auto* role = std::get_if<model::RoleId>(&member)) row.role = Builder::Row(*role);
    if (const auto* entitlement = std::get_if<model::EntitlementId>(&member)) row.entitlement = Builder::Row(*entitlement);
    image.WaiverMembers.push_back(row);
  }
  record.members_count = CountSince(image.WaiverMembers, record.members_first);
  record.only_in = builder.ScopeRow(waiver.only_in);
}

}  // namespace

// Without people nobody is known for whom one could be. A unit without anybody in it is nobody, too.
void LowerWaivers(Builder& builder) {
  if (!builder.options.with_people || !model::HasProvision(builder.model, "waiver")) return;
  const model::Waivers waivers(builder.model);
  std::map<uint32_t, uint32_t> rows;  // by provision
  for (const model::Waiver& waiver : waivers.all()) {
    if (!waiver.parties.empty()) rows.emplace(waiver.provision.index, static_cast<uint32_t>(rows.size()));
  }
  for (const model::Waiver& waiver : waivers.all()) {
    if (!rows.contains(waiver.provision.index)) continue;
    const model::Common& common = builder.model.provisions[waiver.provision].common;
    format::WaiverRecord record;
    record.from = waiver.from;
    record.until = waiver.until;
    record.closed = waiver.closed;
    record.next = waiver.next;
    record.name = builder.Text(common.name);
    record.title = builder.Text(common.title);
    record.description = builder.Text(common.description);
    record.reason = builder.Text(waiver.reason);
    record.ticket = builder.Text(waiver.ticket);
    record.closed_because = builder.Text(waiver.closed_because);
    record.requester = builder.ActorRow(waiver.requester);
    record.approver = builder.ActorRow(waiver.approver);
    record.owner = builder.ActorRow(waiver.owner);
    const auto renewed = rows.find(waiver.renews.index);
    record.renews = renewed == rows.end() ? format::kNone : renewed->second;
    AddLists(builder, waivers, waiver, record);
    builder.Place(record, common.span);
    builder.image.Waivers.push_back(record);
  }
}

}  // namespace sodc::lower
