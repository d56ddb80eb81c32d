// The Sod language. No actions, no semantics: which attribute may stand in which
// declaration is the checker's business, so that its message can say where the
// attribute belongs. Every attribute has a fixed number of arguments or one
// comma-separated list (rulings LAN-1). No clause that may end an attribute begins
// like an attribute, but for those of `openAttribute`.
parser grammar SodParser;
options { tokenVocab = SodLexer; }

// What the compiler parses: one declaration at a time (rulings PERF-1, LAN-2).
slice : declaration EOF;

// The whole file, for tools and for the ambiguity test.
file : declaration* EOF;

declaration
  : POLICY name text? body?                                                    # PolicyDeclaration
  | MODULE dottedName text? body?                                              # ModuleDeclaration
  | IMPORT (dottedName | STRING)                                               # ImportDeclaration
  | kind=(SCALE | DUTY | TEAM | EXTERNAL | SYSTEM | CONTROL | FRAMEWORK | DOCUMENT | SCOPE | OBJECT
      | ENTITLEMENT | SERVICE | TOOL | AGENT | ENFORCEMENT | WAIVER | EXEMPTION
      | GRANDFATHER | EMERGENCY | PLAN | REVIEW | REMEDIATION) name text? body?   # EntityDeclaration
  | PERSON name text? VACANT? body?                                            # PersonDeclaration
  | ROLE name text? POSITION? body?                                            # RoleDeclaration
  | GROUP name text? (EQUALS setExpression)? body?                             # GroupDeclaration
  | UNIT name text? (WITHIN dottedName)? body?                                 # UnitDeclaration
  | PROCESS name text? perClause? body?                                        # ProcessDeclaration
  | ASSIGN subject TO assignTarget (COMMA assignTarget)* asClause? inClause? holdingState? windowClause? validity? body?  # AssignDeclaration
  | DELEGATE delegateTarget (COMMA delegateTarget)* FROM dottedName TO dottedName inClause? validity? body?       # DelegateDeclaration
  | CONFLICT name text? BETWEEN side AND side perClause? body?                 # NamedConflict
  | CONFLICT name text? (AT MOST INT | DIFFERENT PEOPLE DO) (OF ROLES?)? LBRACE side (COMMA side)* COMMA? RBRACE perClause? body?  # AtMostConflict
  | CONFLICT side WITH side perClause? body?                                   # UnnamedConflict
  | COMPATIBLE side WITH side (BECAUSE text)? body?                            # CompatibleDeclaration
  | kind=(FORBID | SENSITIVE) side body?                                       # SingleDeclaration
  | RESERVE side TO (party | PEOPLE WHERE condition) body?                     # ReserveDeclaration
  | WAIVERS body                                                               # WaiversDeclaration
  | ACTIVATION name text? OF dottedName body?                                  # ActivationDeclaration
  | ASSESSMENT name text? OF dottedName body?                                  # AssessmentDeclaration
  | kind=(AMEND | DISABLE) dottedName body?                                    # AmendDeclaration
  | FACT name text? EQUALS (COUNT PEOPLE (HOLDING side)? | INT) body?          # FactDeclaration
  | SWITCH name text? EQUALS name (COMMA datedName)* body?                     # SwitchDeclaration
  | ATTRIBUTE name text? OF ownerWord MANY? attributeType body?                # OwnAttributeDeclaration
  | CLAIMS text body                                                           # ClaimsDeclaration
  | TEST_ text body                                                             # TestDeclaration
  ;

// ---- Headers.
subject        : ACCOUNT name STRING | name;
assignTarget   : ALL (FROM dottedName)? | ENTITLEMENT permission | dottedName (AT name)?;
delegateTarget : ENTITLEMENT permission | dottedName (AT name)?;
validity       : FROM date ((UNTIL | THROUGH) date)? | (UNTIL | THROUGH) date;
holdingState   : ACTIVE | ELIGIBLE | REQUESTED | SUSPENDED | EMERGENCY;
datedName      : name FROM date;
ownerWord      : DUTY | ROLE | PERSON | TEAM | SYSTEM | ENTITLEMENT | SERVICE | CONTROL | CONFLICT | SCOPE | GROUP;
attributeType  : IN LBRACE valueName (COMMA valueName)* COMMA? RBRACE | IN dottedName | TEXT | NUMBER | FLAG;
quantifier     : (ANY | ALL | EACH) OF;
side           : DIRECTLY? quantifier? setExpression (AT name)? asClause?;
permission     : dottedName STRING?;

// ---- Sets. `where` filters everything to its left, `except` associates to the left (LAN-10).
setExpression
  : setExpression EXCEPT setPrimary      # SetExcept
  | setExpression WHERE name name        # SetWhere
  | setPrimary                           # SetOne
  ;
setPrimary
  : dottedName                                                     # SetName
  | ALL ROLES? (FROM dottedName)?                                  # SetAll
  | ROLE dottedName                                                # SetRole
  | ROLES LBRACE dottedName (COMMA dottedName)* COMMA? RBRACE      # SetRoles
  | DUTIES OF ROLE dottedName                                      # SetDutiesOf
  | ENTITLEMENT permission                                         # SetEntitlement
  | BEING name OF dottedName                                       # SetBeing
  | LBRACE setExpression (COMMA setExpression)* COMMA? RBRACE      # SetBraces
  | LPAREN setExpression RPAREN                                    # SetParentheses
  ;

// ---- Conditions: guards, classes, fields of one grant (second-ring §1).
condition     : conditionAll (OR conditionAll)*;
conditionAll  : conditionOne (AND conditionOne)*;
conditionOne  : NOT conditionOne | LPAREN condition RPAREN | test;
test
  : conditionName IS (NOT? conditionValue | UNKNOWN)
  | conditionName IN LBRACE conditionValue (COMMA conditionValue)* COMMA? RBRACE
  | conditionName AT (LEAST | MOST) conditionValue
  | conditionName (ABOVE | BELOW) conditionValue
  | conditionName WITHIN conditionName
  ;
conditionValue : conditionName | number currency? | STRING | DURATION | date;
// Of money: its three letters of ISO 4217.
currency : ID;
// Which entitlements together confer a duty: `and` and `or` only (SEM-1). `not` is read so
// that the checker can say why it means nothing here (SEM-2); a name `not` needs backticks.
permissions    : permissionsAll (OR permissionsAll)*;
permissionsAll : permissionsOne (AND permissionsOne)*;
permissionsOne : NOT permissionsOne | LPAREN permissions RPAREN | conditionName STRING?;

// ---- Clauses inside attributes and headers; the first word names them.
perClause      : PER (word | OBJECT | UNIT);
asClause       : AS name;
inClause       : IN scopeItem (AND scopeItem)*;
scopeItem      : dottedName scopeValue (COMMA scopeValue)*;
scopeValue     : name | INT | STRING;
windowClause   : ON name (RANGE name)? (CLOCK RANGE CLOCK)?;
whenClause     : WHEN condition;
otherwiseClause : OTHERWISE name;
withinClause   : WITHIN DURATION;
ifClause       : IF text;
undecidedClause : UNDECIDED text?;
withClause     : WITH name textList (AND name textList)*;
escalateClause : ESCALATE TO party AFTER DURATION;
byClause       : BY nameList;
afterClause    : AFTER nameList;
boundClause    : (BELOW | THROUGH) number;
// How often: a word out of a closed list, a period, or at each event. The word is no word of
// the language, so that `on`, `after` and `when` open an event only.
cadence        : cadenceWord | EVERY DURATION | eventClause;
cadenceWord    : ID | QUOTED_NAME;
eventClause    : ON EACH dottedName | AFTER EACH dottedName | WHEN dottedName CHANGES;
evidenceClause : WITH EVIDENCE name text (DATED date)?;
apartItem      : DURATION (whenClause | OTHERWISE)?;
slot           : INT OF side (WITH TOOLS)?;
party          : ROLE dottedName | UNIT dottedName | dottedName;
holdingItem    : ENTITLEMENT permission inClause? | dottedName (AT name)? asClause? inClause?;

// ---- Bodies.
// A clause word (`shown`, `note`, `because`, `must`, `should`) behind an attribute that
// may end in one belongs to that attribute; elsewhere it is an attribute of its own. The
// rule says so, so that no body can be read in two ways (rulings LAN-1).
body : LBRACE (attribute | looseAttribute)* (openAttribute (attribute (attribute | looseAttribute)*)?)* RBRACE;

looseAttribute
  : modality                                                                   # ModalityAttribute
  | key=(BECAUSE | NOTE | SHOWN) text                                          # LooseTextAttribute
  ;

openAttribute
  : GRANTS setList withClause? (AT name)? asClause? inClause? (ifClause | undecidedClause)? (NOTE text)? (SHOWN text)?   # GrantsAttribute
  | RESTRICTS setList ownActions? modality? (SHOWN text)?                      # RestrictsAttribute
  | SEPARATED FROM setList modality? (SHOWN text)?                             # SeparatedAttribute
  | HOLDERS NEVER setList modality?                                            # GeneralOpenAttribute
  | DISCLOSES side WITH side (IN dottedName)? (BECAUSE text)?                  # DisclosesAttribute
  | FINDING name name (BECAUSE text)?                                          # GeneralOpenAttribute
  ;

attribute
  : key=(LANGUAGE | REVISION) INT                                              # IntegerAttribute
  | ABOUT word                                                                 # AboutAttribute
  | key=(APPETITE | APPROVER | AUTHOR | CATEGORY | COMPENSATION | DATES | IS
        | MEASURES | OWNER | RISK | STATUS | LEGEND) dottedName                # NameAttribute
  | key=(FRAMEWORKS | GROUPS | HAS | INCLUDES | MEMBERS | NATURE | PERFORMER | REVIEWER | SYSTEM
        | TAGS) nameList                                                       # NameListAttribute
  | key=(ADVICE | BLANK | CLASSIFICATION | DEFINITION | DESCRIPTION | EDITION | IDENTIFIER
        | LETTER | SOURCE | SYMBOL | TEXT | VERSION) text                      # TextAttribute
  | key=(BULLETS | REFERENCE | ROW) textList                                   # TextListAttribute
  | key=(EFFECTIVE | REVIEWED) date byClause?                                  # DateAttribute
  | MODE (AT MOST)? name (AT name)? whenClause? otherwiseClause?               # ModeAttribute
  | DEFAULT key=(RISK | MODE | AT | ENFORCEMENT) name                          # DefaultAttribute
  | ORGANIZATION text (LEGAL text)?                                            # OrganizationAttribute
  | ACCOUNT name STRING SHARED?                                                # AccountAttribute
  | MEMBER name text? body?                                                    # MemberAttribute
  | CLAUSE STRING text? body?                                                  # ClauseAttribute
  | MITIGATED BY nameList                                                      # MitigatedAttribute
  | SATISFIES dottedName textList                                              # SatisfiesAttribute
  | VALID validity                                                             # ValidAttribute
  | CADENCE cadence                                                            # CadenceAttribute
  | EVIDENCE name text (DATED date)? (EVERY DURATION)?                         # EvidenceAttribute
  | OPERATED BY name                                                           # OperatedAttribute
  | ADMINISTERED BY nameList                                                   # AdministeredAttribute
  | DEPENDS ON nameList                                                        # DependsAttribute
  | ROLE dottedName (LISTS setList)?                                           # ListsAttribute
  | SECTION text body                                                          # SectionAttribute
  | TABLE tableName (OF setExpression (COMMA setExpression)*)? body?                # TableAttribute
  | COLUMNS column (COMMA column)*                                             # ColumnsAttribute
  | FIELD text (text | date | dottedName)                                      # FieldAttribute
  | CLASS dottedName (IN dottedName body?)?                                    # ClassAttribute
  | generalAttribute                                                           # OtherAttribute
  ;

// Attributes built by one function: names, texts, numbers and clauses in the order
// written (parse/antlr/build_general.cpp).
generalAttribute
  // vocabularies, scopes, objects
  : VALUE scopeValue text? (whenClause | OTHERWISE)? body?
  | AMOUNT name IN name body?
  | NUMBER name (DECIMALS INT)? body?
  | FLAG name text?
  | BAND name text? boundClause?
  | RELATIONS name (COMMA name)*
  | PART OF dottedName
  | ACTING
  // duties and entitlements
  | ON (dottedName | OBJECT)
  | CREATES dottedName
  | CONFERRED BY permissions
  | MEANS permissions
  | EXACT textList
  | PATTERN textList
  | EXCEPT textList
  | KNOWN IN dottedName AS textList
  | REQUIRES CONTROL? nameList whenClause?
  | RECOMMENDS nameList whenClause?
  | HOLDERS AT (LEAST | MOST) INT
  // actors and systems
  | UNIT nameList
  | REPORTS TO nameList
  | HEAD dottedName
  | ACTS AS nameList
  | ACTS FOR CALLER
  | CONTROLLED BY nameList
  | ENGAGED BY nameList
  | NOTIFIES nameList
  | CHANGES NOTIFY nameList
  | IMMUTABLE AGAINST nameList evidenceClause?
  | ENFORCES nameList
  | RETENTION DURATION
  | WILDCARD text
  | SEPARATOR text
  | NAMES (IGNORE CASE | STRIP DOMAIN)
  | ATTRIBUTE name IS conditionValue (COMMA conditionValue)* validity?
  | LAST USED date
  | SUB_DELEGATION name
  // conflicts, enforcement
  | SAME (PERSON nameList | dottedName)
  | ACROSS dottedName
  | ONLY (IN scopeItem (AND scopeItem)* | WHERE condition | HOLDING setList)
  | COUNTING (name | EMERGENCY) (COMMA (name | EMERGENCY))*
  | APPLIES WHEN condition
  | PERMITTED WITH nameList
  | ENFORCEMENT dottedName
  | APPROVED BY approver (COMMA approver)* whenClause?
  | WAIVED BY approver (COMMA approver)*
  | NEVER (WAIVED | BYPASSES setList)
  | LONGEST DURATION
  | ON VIOLATION (SUSPEND dottedName | NEWEST WINS | OLDEST WINS | REFUSE)
  | REVIEW (cadence | WITHIN DURATION)
  | NEXT date
  | DUE date
  | REMEDIATE WITHIN DURATION escalateClause?
  | WORKSHEET name text
  | KIND text
  | ALLOW name BECAUSE text
  | TIME ZONE text
  // waivers, exemptions, emergencies, amendments
  | FOR party (COMMA party)*
  | CONFLICT nameList
  | CONTROL nameList
  | REASON (text | AT LEAST INT CHARACTERS | ONE OF textList)
  | REQUESTER dottedName
  | TICKET text
  | RENEWS dottedName
  | CLOSED (date text? | BY nameList)
  | AT MOST INT (RENEWALS | OPEN | PEOPLE DO LBRACE setList COMMA? RBRACE)
  | NEEDS (AT LEAST INT PEOPLE | need (COMMA need)*)
  | WARN DURATION BEFORE
  | ASSIGNMENTS BEFORE date
  | GIVES setList
  | NOTIFY nameList
  | USED BY dottedName
  // processes
  | STEP dottedName afterClause?
  | ORDER dottedName (COMMA dottedName)+
  | EACH STEP NEEDS AT LEAST INT PEOPLE
  | ONE UNIT nameList
  | APPROVAL name text? (BEFORE | AFTER) dottedName withinClause? body?
  | BY slot (AND slot)*
  | NONE OF LBRACE side (COMMA side)* COMMA? RBRACE
  | APART dottedName THEN dottedName AT LEAST apartItem (COMMA apartItem)*
  | RESTARTS dottedName FROM dottedName (APPROVALS name)?
  | ROUNDS name
  // plans, reviews, assessments, remediation, claims
  | HIRE name text? body?
  | SEPARATES planItem FROM planItem
  | REDUCES planItem (COMMA planItem)*
  | ENABLES planItem (COMMA planItem)*
  | TAKES setList
  | TARGET text
  | MONTHS nameList
  | LAST date
  | COVERS planItem (COMMA planItem)*
  | VALIDATED BY nameList
  | EXPECTED text
  | OBSERVED text
  | RESULT name
  | DONE date byClause?
  | MATRIX ROWS setList
  // tests
  | SOMEONE (WITH holdingItem (COMMA holdingItem)*)?
  | PERSON dottedName
  | HOLDING holdingItem (COMMA holdingItem)*
  | WITHOUT nameList
  | WHEN (GRANTED | REVOKED) holdingItem (COMMA holdingItem)* validity?
  | WHEN ACTIVATED setExpression
  | AS OF date
  | SESSION setList
  | ACT dottedName BY dottedName ON dottedName STRING AT INSTANT
  | RELATION name OF dottedName STRING IS nameList
  | EXPECT expectation
  | CASE text body
  | SKIP_ BECAUSE text
  ;
expectation
  : verdict byClause?
  | CONFLICTS nameList
  | NO CONFLICTS
  | DISPOSITION name OF dottedName
  | RESIDUAL name OF dottedName
  | COUNTED nameList OF dottedName
  | REJECTED dottedName BECAUSE name OF dottedName
  | FRAMEWORKS dottedName STRING IS name
  | SAFE safeSet (COMMA safeSet)*
  ;
safeSet  : LBRACE setList COMMA? RBRACE;
need     : CONTROL | dottedName;
planItem : dottedName | text;
approver : PEOPLE WHERE condition | party;
number   : INT | DECIMAL;
valueName : name | INT | STRING;

modality   : MUST | SHOULD text?;
ownActions : ON OWN ACTIONS;
column     : word text?;
tableName  : ROLES | name;
nameList   : dottedName (COMMA dottedName)*;
setList    : setExpression (COMMA setExpression)*;
textList   : text (COMMA text)*;
text       : STRING | TEXT_BLOCK;
date       : DATE | MONTH | INSTANT;

// ---- Names. Reserved words are names only in backticks.
dottedName : name (DOT name)*;
// A word out of a closed list of the language (`about policy`, `columns duty "Function"`):
// a reserved word needs no backticks here, since nothing declared is meant.
word : dottedName | POLICY | DUTY | DUTIES | PERSON | CONTROL | GROUP | ROLE | ROLES | SYSTEM | TEAM;
name       : ID | QUOTED_NAME | softWord | conditionWord | verdictWord;
// Names where these words would be taken for a part of the condition or of the expectation
// (`is unknown`, `is not acting`, `expect conflicts someone`): there they need backticks.
conditionName : (ID | QUOTED_NAME | softWord | verdictWord) (DOT name)*;
verdict       : ID | QUOTED_NAME | softWord | conditionWord;
conditionWord : ACTIVATED | GRANTED | NOT | REVOKED | UNKNOWN;
verdictWord   : CONFLICTS | COUNTED | DISPOSITION | FRAMEWORKS | NO | REJECTED | RESIDUAL | SAFE;
softWord
  : ABOUT | ACTING | ABOVE | ACCOUNT | ACROSS | ACT | ACTIONS | ACTIVE | ACTS | ADMINISTERED | ADVICE | AFTER
  | AGAINST | ALLOW | AMOUNT | ANY | APART | APPETITE | APPLIES | APPROVAL | APPROVALS | APPROVED | APPROVER | AS
  | ASSIGNMENTS | AUTHOR | BAND | BECAUSE | BEFORE | BELOW | BLANK | BULLETS | BY | BYPASSES
  | CADENCE | CALLER | CASE | CATEGORY | CHANGES | CHARACTERS | CLASS | CLASSIFICATION | CLAUSE | CLOSED
  | COLUMNS | COMPENSATION | CONFERRED | CONTROLLED | COUNT | COUNTING | COVERS
  | CREATES | DATED | DATES | DECIMALS | DEFAULT | DEFINITION | DEPENDS | DESCRIPTION | DIFFERENT
  | DISCLOSES | DO | DOMAIN | DONE | DUE | EACH | EDITION | EFFECTIVE
  | ELIGIBLE | ENABLES | ENFORCES | ENGAGED | ESCALATE | EVERY | EVIDENCE | EXACT | EXPECT | EXPECTED
  | FIELD | FINDING | FLAG | FOR | FROM | GIVES | GRANTS | GROUPS | HAS | HEAD
  | HIRE | HOLDERS | HOLDING | IDENTIFIER | IF | IGNORE | IMMUTABLE | IN | INCLUDES | IS | KIND | KNOWN
  | LANGUAGE | LAST | LEAST | LEGAL | LEGEND | LETTER | LISTS | LONGEST | MANY | MATRIX | MEANS
  | MEASURES | MEMBER | MEMBERS | MITIGATED | MODE | MONTHS | MOST | MUST | NAMES | NATURE | NEEDS
  | NEVER | NEWEST | NEXT | NONE | NOTE | NOTIFIES | NOTIFY | NUMBER | OBSERVED | OLDEST | ON
  | ONE | ONLY | OPEN | OPERATED | OR | ORDER | ORGANIZATION | OTHERWISE | OWN | OWNER | PART | PATTERN
  | PEOPLE | PER | PERFORMER | PERMITTED | POSITION | REASON | RECOMMENDS | REDUCES | REFERENCE | REFUSE
  | RELATION | RELATIONS | REMEDIATE | RENEWALS | RENEWS | REPORTS | REQUESTED | REQUESTER
  | REQUIRES | RESTARTS | RESTRICTS | RESULT | RETENTION | REVIEWED | REVIEWER | REVISION
  | RISK | ROUNDS | ROW | ROWS | SAME | SATISFIES | SECTION | SEPARATED | SEPARATES
  | SEPARATOR | SESSION | SHARED | SHOULD | SHOWN | SKIP_ | SOMEONE | SOURCE | STATUS | STEP | STRIP
  | SUB_DELEGATION | SUSPEND | SUSPENDED | SYMBOL | TABLE | TAGS | TAKES | TARGET | TEXT | THEN
  | THROUGH | TICKET | TIME | TOOLS | UNDECIDED | UNTIL | USED | VACANT | VALID | VALIDATED
  | VALUE | VERSION | VIOLATION | WAIVED | WARN | WHEN | WILDCARD | WINS | WITHIN | WITHOUT | WORKSHEET
  | ZONE
  ;
