// Provisions in the dump of a model.
#include "compiler/model/dump.h"
#include "compiler/model/dumper.h"

namespace sodc::model {
namespace {

std::string NameOf(const Dumper& dumper, const Reference& reference) {
  switch (reference.kind) {
    case Reference::Kind::Scale: return dumper.NameOf(ScaleId{reference.index});
    case Reference::Kind::ScaleMember: return dumper.NameOf(ScaleMemberId{reference.index});
    case Reference::Kind::Duty: return dumper.NameOf(DutyId{reference.index});
    case Reference::Kind::Group: return dumper.NameOf(GroupId{reference.index});
    case Reference::Kind::Role: return dumper.NameOf(RoleId{reference.index});
    case Reference::Kind::Actor: return dumper.NameOf(ActorId{reference.index});
    case Reference::Kind::System: return dumper.NameOf(SystemId{reference.index});
    case Reference::Kind::Conflict: return dumper.NameOf(ConflictId{reference.index});
    case Reference::Kind::Control: return dumper.NameOf(ControlId{reference.index});
    case Reference::Kind::Framework: return dumper.NameOf(FrameworkId{reference.index});
    case Reference::Kind::Clause: return dumper.NameOf(ClauseId{reference.index});
    case Reference::Kind::Document: return dumper.model.documents[reference.index].common.name;
    case Reference::Kind::ScopeDimension: return dumper.NameOf(ScopeDimensionId{reference.index});
    case Reference::Kind::ScopeNode: return dumper.NameOf(ScopeNodeId{reference.index});
    case Reference::Kind::Entitlement: return dumper.NameOf(EntitlementId{reference.index});
    case Reference::Kind::Provision: return dumper.NameOf(ProvisionId{reference.index});
  }
  return "?";
}

// A reference is marked, so that it is told from a word.
std::string TextOf(const Dumper& dumper, const ProvisionValue& value) {
  switch (value.kind) {
    case ProvisionValue::Kind::Reference: return '@' + NameOf(dumper, value.reference);
    case ProvisionValue::Kind::Word: return value.text;
    case ProvisionValue::Kind::Text: return Quoted(value.text);
    case ProvisionValue::Kind::Integer: {
      const std::string decimals = value.decimals == 0 ? "" : "e-" + std::to_string(value.decimals);
      return std::to_string(value.number) + decimals;
    }
    case ProvisionValue::Kind::Duration: return std::to_string(value.number) + value.text;
    case ProvisionValue::Kind::Time: return value.text + " (" + std::to_string(value.number) + ")";
  }
  return "";
}

void DumpAttributes(const Dumper& dumper, const std::vector<ProvisionAttribute>& attributes, const std::string& indent) {
  for (const ProvisionAttribute& attribute : attributes) {
    dumper.out << indent << attribute.keyword;
    for (const ProvisionValue& value : attribute.values) dumper.out << ' ' << TextOf(dumper, value);
    dumper.out << '\n';
    DumpAttributes(dumper, attribute.nested, indent + "  ");
  }
}

}  // namespace

void Dumper::Provisions() const {
  for (const Provision& provision : model.provisions) {
    Head(provision.is_attribute_holder ? "attributes of " + provision.kind : provision.kind, provision.common);
    out << (provision.changes_verdicts ? " not checked\n" : "\n");
    TextLine("description", provision.common.description);
    DumpAttributes(*this, provision.attributes, "  ");
  }
}

}  // namespace sodc::model
