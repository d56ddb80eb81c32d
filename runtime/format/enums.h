// The closed sets that records hold, with their file values and their names in
// dumps and JSON. Values are never reordered or used again.
#ifndef SOD_FORMAT_ENUMS_H_
#define SOD_FORMAT_ENUMS_H_

#include <cstdint>

namespace sod::format {

// One list an enum: X(Enumerator, value, "spelling").
#define SOD_ENUM_NameKind(X) \
  X(Scale, 0, "scale") X(ScaleMember, 1, "scale member") X(Duty, 2, "duty") X(Group, 3, "group") \
  X(Role, 4, "role") X(Person, 5, "person") X(Team, 6, "team") X(External, 7, "external") \
  X(System, 8, "system") X(Rule, 9, "conflict") X(Control, 10, "control") \
  X(Framework, 11, "framework") X(Document, 12, "document") X(ScopeDimension, 13, "scope") \
  X(ScopeNode, 14, "scope value") X(Entitlement, 15, "entitlement") X(Service, 16, "service") \
  X(Tool, 17, "tool") X(Agent, 18, "agent") X(Provision, 19, "provision") X(Clause, 20, "clause")
#define SOD_ENUM_ScaleMeasures(X) \
  X(Risk, 0, "risk") X(Access, 1, "access") X(DutyClass, 2, "duty_class") \
  X(ControlProperty, 3, "control_property") X(Category, 4, "category") X(Other, 5, "other") \
  X(Capacity, 6, "capacity") X(State, 7, "state")
#define SOD_ENUM_DeadlineKind(X) X(Review, 0, "review") X(PlanStep, 1, "plan_step")
#define SOD_ENUM_RuleLoss(X) \
  X(SuspendSide, 0, "suspend_side") X(SuspendBoth, 1, "suspend_both") X(NewestWins, 2, "newest_wins") \
  X(OldestWins, 3, "oldest_wins") X(Refuse, 4, "refuse")
#define SOD_ENUM_Modality(X) X(Must, 0, "must") X(Should, 1, "should")
#define SOD_ENUM_Mode(X) \
  X(Observe, 0, "observe") X(Warn, 1, "warn") X(Approve, 2, "approve") X(Deny, 3, "deny")
#define SOD_ENUM_AtomKind(X) X(Duty, 0, "duty") X(Role, 1, "role") X(Side, 2, "side") \
  X(DirectRole, 3, "direct_role") X(Entitlement, 4, "entitlement")
#define SOD_ENUM_RuleSubject(X) X(Person, 0, "person") X(Account, 1, "account") X(Unit, 2, "unit")
#define SOD_ENUM_Unevaluated(X) \
  X(None, 0, "none") X(Session, 1, "session") X(Object, 2, "object") X(Guard, 3, "guard") \
  X(Unit, 4, "unit") X(Self, 5, "self")
#define SOD_ENUM_ValueKind(X) \
  X(Reference, 0, "reference") X(Word, 1, "word") X(Text, 2, "text") X(Integer, 3, "integer") \
  X(Duration, 4, "duration") X(Time, 5, "time")
#define SOD_ENUM_GuardPurpose(X) X(Applies, 0, "applies") X(Mode, 1, "mode") X(Requires, 2, "requires")
#define SOD_ENUM_GuardNodeKind(X) \
  X(Or, 0, "or") X(And, 1, "and") X(Not, 2, "not") X(Is, 3, "is") X(IsUnknown, 4, "is_unknown")
#define SOD_ENUM_GuardReads(X) \
  X(Fact, 0, "fact") X(Switch, 1, "switch") X(Holder, 2, "holder") X(Risk, 3, "risk") X(Object, 4, "object") \
  X(Requester, 5, "requester") X(Approver, 6, "approver")
#define SOD_ENUM_GuardType(X) \
  X(Number, 0, "number") X(Word, 1, "word") X(Member, 2, "member") X(Flag, 3, "flag")
#define SOD_ENUM_RuleKind(X) \
  X(Pair, 0, "pair") X(Set, 1, "set") X(AtMost, 2, "at_most") X(Role, 3, "role") \
  X(Restriction, 4, "restriction") X(Forbidden, 5, "forbidden") X(Sensitive, 6, "sensitive") \
  X(Reserved, 7, "reserved")
#define SOD_ENUM_Moment(X) X(Static, 0, "static") X(Session, 1, "session") X(Object, 2, "object")
#define SOD_ENUM_ScopeMatch(X) X(Any, 0, "any") X(Same, 1, "same") X(Across, 2, "across")
#define SOD_ENUM_Quantifier(X) X(One, 0, "one") X(Any, 1, "any") X(All, 2, "all")
#define SOD_ENUM_ElementKind(X) \
  X(Duty, 0, "duty") X(Role, 1, "role") X(Entitlement, 2, "entitlement") X(Relation, 3, "relation")
#define SOD_ENUM_Nature(X) \
  X(Unstated, 0, "unstated") X(Preventive, 1, "preventive") X(Detective, 2, "detective") \
  X(Corrective, 3, "corrective")
#define SOD_ENUM_Automation(X) \
  X(Unstated, 0, "unstated") X(Automated, 1, "automated") X(Manual, 2, "manual")
#define SOD_ENUM_ControlStatus(X) \
  X(Implemented, 0, "implemented") X(Tested, 1, "tested") X(Planned, 2, "planned") \
  X(Failed, 3, "failed")
#define SOD_ENUM_DurationUnit(X) \
  X(Hour, 0, "h") X(Day, 1, "d") X(Week, 2, "w") X(Month, 3, "mo") X(Year, 4, "y")
#define SOD_ENUM_CadenceEvent(X) \
  X(None, 0, "none") X(OnEach, 1, "on_each") X(AfterEach, 2, "after_each") \
  X(WhenChanges, 3, "when_changes")
#define SOD_ENUM_ClauseAbout(X) X(People, 0, "people") X(Policy, 1, "policy")
#define SOD_ENUM_Compensation(X) \
  X(Accepted, 0, "accepted") X(Worksheet, 1, "worksheet") X(NotAccepted, 2, "not_accepted")
#define SOD_ENUM_ActorKind(X) \
  X(Person, 0, "person") X(Team, 1, "team") X(External, 2, "external") X(Service, 3, "service") \
  X(Tool, 4, "tool") X(Agent, 5, "agent")
#define SOD_ENUM_HoldingState(X) \
  X(Active, 0, "active") X(Eligible, 1, "eligible") X(Requested, 2, "requested") \
  X(Suspended, 3, "suspended") X(Emergency, 4, "emergency")
#define SOD_ENUM_ActConstraintKind(X) \
  X(Order, 0, "order") X(SamePerson, 1, "same_person") X(OneUnit, 2, "one_unit") \
  X(AtMostPeople, 3, "at_most_people") X(Restart, 4, "restart") X(Apart, 5, "apart")
#define SOD_ENUM_DateStyle(X) X(Iso, 0, "iso") X(LongUs, 1, "long_us")
#define SOD_ENUM_DocumentNodeKind(X) \
  X(Section, 0, "section") X(Text, 1, "text") X(Bullets, 2, "bullets") X(Field, 3, "field") \
  X(Blank, 4, "blank") X(Legend, 5, "legend") X(Table, 6, "table")
#define SOD_ENUM_TableSource(X) \
  X(Conflicts, 0, "conflicts") X(Roles, 1, "roles") X(People, 2, "people") \
  X(Controls, 3, "controls") X(Rows, 4, "rows") X(RoleConflicts, 5, "role_conflicts") \
  X(RoleList, 6, "role_list")

// Every enum above, for definitions that run over all of them.
#define SOD_ENUMS(Y) \
  Y(NameKind) Y(ScaleMeasures) Y(Modality) Y(Mode) Y(AtomKind) Y(RuleSubject) Y(Unevaluated) Y(ValueKind) Y(RuleKind) Y(Moment) \
  Y(ScopeMatch) Y(Quantifier) Y(ElementKind) Y(Nature) Y(Automation) Y(ControlStatus) \
  Y(ActConstraintKind) \
  Y(DurationUnit) Y(CadenceEvent) Y(DeadlineKind) Y(RuleLoss) Y(ClauseAbout) Y(Compensation) Y(ActorKind) Y(HoldingState) Y(DateStyle) \
  Y(DocumentNodeKind) Y(TableSource) Y(GuardPurpose) Y(GuardNodeKind) Y(GuardReads) Y(GuardType)

#define SOD_ENUMERATOR(Name, Value, Spelling) Name = Value,
#define SOD_ENUM_DEFINITION(Name) enum class Name : uint32_t { SOD_ENUM_##Name(SOD_ENUMERATOR) };
SOD_ENUMS(SOD_ENUM_DEFINITION)
#undef SOD_ENUM_DEFINITION
#undef SOD_ENUMERATOR

// The spelling of a file value, or nullptr for a value outside the set.
#define SOD_ENUM_SPELLING_CASE(Name, Value, Spelling) \
  case Value:                                         \
    return Spelling;
#define SOD_ENUM_SPELLING(Name)                         \
  constexpr const char* Spelling##Name(uint32_t value) { \
    switch (value) {                                    \
      SOD_ENUM_##Name(SOD_ENUM_SPELLING_CASE)           \
      default:                                          \
        return nullptr;                                 \
    }                                                   \
  }                                                     \
  constexpr const char* SpellingOf(Name value) {        \
    return Spelling##Name(static_cast<uint32_t>(value)); \
  }
SOD_ENUMS(SOD_ENUM_SPELLING)
#undef SOD_ENUM_SPELLING
#undef SOD_ENUM_SPELLING_CASE

}  // namespace sod::format

#endif  // SOD_FORMAT_ENUMS_H_
