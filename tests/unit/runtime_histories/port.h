// A small policy about contracts and shipments, made without the compiler.
#ifndef SODC_TESTS_UNIT_RUNTIME_HISTORIES_PORT_H_
#define SODC_TESTS_UNIT_RUNTIME_HISTORIES_PORT_H_

#include <span>
#include <string>

#include <gtest/gtest.h>

#include "tests/support/test_table.h"

namespace sod {

// Two duties that conflict per contract; a shipment is part of one, and has an owner.
inline test::Rows PortRows() {
  test::PolicyBuilder builder;
  const uint32_t loading = builder.Duty("loading");
  const uint32_t release = builder.Duty("release");
  builder.Person("ann");
  builder.Pair("pair", {.duty = loading}, {.duty = release});
  test::Rows rows = builder.Finish();
  for (const char* name : {"contract", "shipment"}) {
    format::ProvisionRecord provision;
    provision.kind = rows.Text("object");
    provision.name = provision.title = rows.Text(name);
    rows.Provisions.push_back(provision);
    rows.ObjectKinds.push_back({static_cast<uint32_t>(rows.ObjectKinds.size()), kNone, 0, 0, 0, 0});
  }
  rows.ObjectKinds[1].part_of = 0;
  rows.ObjectKinds[1].relations_count = 1;
  rows.ObjectRelations = {{rows.Text("owner")}};
  rows.Rules[0].moment = format::Moment::Object;
  rows.Rules[0].unevaluated = format::Unevaluated::Object;
  rows.Rules[0].per = 0;
  return rows;
}

inline Table LoadRows(const test::Rows& rows) {
  const std::string bytes = test::Write(rows);
  auto table = Table::Load(std::as_bytes(std::span(bytes)));
  if (!table) ADD_FAILURE() << table.error().message;
  return table.value();
}

inline Table Port() { return LoadRows(PortRows()); }

constexpr uint32_t kWorth = 0, kWeight = 1, kLivestock = 2;  // rows of ObjectAttributes: one of contracts, two of shipments

// The rule per contract applies above 10.00 EUR; `reads`: what kind its condition is about.
inline test::Rows PortUnderCondition(uint32_t reads = 0) {
  test::Rows rows = PortRows();
  format::ObjectAttributeRecord worth, weight, livestock;
  worth = {rows.Text("worth"), rows.Text("amount"), rows.Text("EUR"), 2, kNone};
  weight = {rows.Text("weight"), rows.Text("number"), 0, 1, kNone};
  livestock = {rows.Text("livestock"), rows.Text("flag"), 0, 0, kNone};
  rows.ObjectAttributes = {worth, weight, livestock};
  rows.ObjectKinds[0].attributes_count = 1;
  rows.ObjectKinds[1].attributes_first = 1;
  rows.ObjectKinds[1].attributes_count = 2;
  format::GuardSourceRecord source;
  source.name = rows.Text("contract.worth");
  source.object = rows.Text(reads == 0 ? "contract" : "shipment");
  source.attribute = rows.Text(reads == 0 ? "worth" : "weight");
  source.declaration = rows.ObjectKinds[reads].provision;
  source.reads = format::GuardReads::Object;
  source.type = format::GuardType::Number;
  source.currency = rows.Text(reads == 0 ? "EUR" : "");
  source.decimals = reads == 0 ? 2 : 1;
  rows.GuardSources = {source};
  rows.GuardNodes = {{format::GuardNodeKind::Is, 0, 0, 0, 1}};
  rows.GuardValues = {{1001, INT64_MAX}};
  format::GuardRecord guard;
  guard.words = rows.Text("worth above 10");
  guard.nodes_count = 1;
  rows.Guards = {guard};
  format::RuleConditionRecord condition;
  condition.from = kBeginningOfTime;
  condition.until = kEndOfTime;
  condition.purpose = format::GuardPurpose::Applies;
  condition.guard = 0;
  condition.control = kNone;
  rows.RuleConditions = {condition};
  return rows;
}

}  // namespace sod

#endif  // SODC_TESTS_UNIT_RUNTIME_HISTORIES_PORT_H_
