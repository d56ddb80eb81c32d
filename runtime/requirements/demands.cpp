#include "runtime/requirements/demands.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace sod::requirements {
namespace {

using Kind = format::NameKind;
using format::ProvisionAttributeRecord;
using format::ProvisionRecord;
using format::ProvisionValueRecord;

struct Owner {
  Kind kind;
  uint32_t row;
};

// A thing with attributes of its own is found by its name.
std::optional<Owner> OwnerOf(const Table& table, const ProvisionRecord& provision) {
  const Image& image = table.image();
  if (provision.is_attribute_holder == 0) return std::nullopt;
  const std::string_view kind = image.Text(provision.kind);
  std::optional<uint32_t> row;
  if (kind == "duty") row = table.FindDuty(image.Text(provision.name));
  if (kind == "role") row = table.FindRole(image.Text(provision.name));
  if (!row) return std::nullopt;
  return Owner{kind == "duty" ? Kind::Duty : Kind::Role, *row};
}

bool IsHoldable(Kind kind) { return kind == Kind::Duty || kind == Kind::Role || kind == Kind::Group || kind == Kind::Control; }

// Whether all that the attribute says was read.
bool ReadAttribute(const Image& image, const ProvisionAttributeRecord& attribute, const Owner& owner, std::vector<Demand>& demands) {
  for (const ProvisionValueRecord& value : core::Slice(image.ProvisionValues(), attribute.values_first, attribute.values_count)) {
    if (value.kind != format::ValueKind::Reference || !IsHoldable(value.referred)) return false;
    demands.push_back({owner.kind, owner.row, value.referred, value.index});
  }
  return true;
}

void ReadProvision(const Image& image, uint32_t row, const Owner& owner, Demands& read) {
  const ProvisionRecord& provision = image.Provisions()[row];
  const auto attributes = core::Slice(image.ProvisionAttributes(), provision.attributes_first, provision.attributes_count);
  for (const std::string_view word : {std::string_view("requires"), std::string_view("requires control")}) {
    bool is_there = false, is_whole = true;
    for (size_t i = 0; i < attributes.size(); ++i) {
      if (attributes[i].depth != 0 || image.Text(attributes[i].keyword) != word) continue;
      is_there = true;
      // A condition stands behind it, one deeper.
      const bool is_conditional = i + 1 < attributes.size() && attributes[i + 1].depth > 0;
      if (is_conditional || !ReadAttribute(image, attributes[i], owner, read.demands)) is_whole = false;
    }
    if (is_there && is_whole) read.judged.push_back({row, word});
  }
}

}  // namespace

Demands Read(const Table& table) {
  Demands read;
  for (uint32_t row = 0; row < table.image().Provisions().size(); ++row) {
    if (const std::optional<Owner> owner = OwnerOf(table, table.image().Provisions()[row])) ReadProvision(table.image(), row, *owner, read);
  }
  return read;
}

}  // namespace sod::requirements
