// The Sod language, first part. No actions, no semantics: which attribute may
// stand in which declaration is the checker's business, so that its message can
// say where the attribute belongs. Every attribute has a fixed number of
// arguments or one comma-separated list (rulings LAN-1).
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
  | kind=(SCALE | DUTY | TEAM | EXTERNAL | SYSTEM | CONTROL | FRAMEWORK | DOCUMENT) name text? body?   # EntityDeclaration
  | PERSON name text? VACANT? body?                                            # PersonDeclaration
  | ROLE name text? POSITION? body?                                            # RoleDeclaration
  | GROUP name text? (EQUALS setExpression)? body?                             # GroupDeclaration
  | ASSIGN subject TO assignTarget (COMMA assignTarget)* validity? body?       # AssignDeclaration
  | CONFLICT name text? BETWEEN side AND side body?                            # NamedConflict
  | CONFLICT name text? AT MOST INT OF LBRACE memberItem (COMMA memberItem)* COMMA? RBRACE body?  # AtMostConflict
  | CONFLICT side WITH side body?                                              # UnnamedConflict
  | COMPATIBLE side WITH side (BECAUSE text)? body?                            # CompatibleDeclaration
  | CLAIMS text body                                                           # ClaimsDeclaration
  ;

// ---- Headers.
subject      : ACCOUNT name STRING | name;
assignTarget : ALL (FROM dottedName)? | dottedName (AT name)?;
validity     : FROM date (UNTIL date)? | UNTIL date;
quantifier   : (ANY | ALL | EACH) OF;
side         : ROLE dottedName | quantifier? setExpression (AT name)?;
memberItem   : ROLE dottedName | quantifier? dottedName (AT name)?;

// ---- Sets. `where` filters everything to its left, `except` associates to the left (LAN-10).
setExpression
  : setExpression EXCEPT setPrimary      # SetExcept
  | setExpression WHERE name name        # SetWhere
  | setPrimary                           # SetOne
  ;
setPrimary
  : dottedName                                                     # SetName
  | ALL (FROM dottedName)?                                         # SetAll
  | LBRACE setExpression (COMMA setExpression)* COMMA? RBRACE      # SetBraces
  | LPAREN setExpression RPAREN                                    # SetParentheses
  ;

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
  : GRANTS setList (AT name)? (NOTE text)? (SHOWN text)?                       # GrantsAttribute
  | RESTRICTS setList ownActions? modality? (SHOWN text)?                      # RestrictsAttribute
  | SEPARATED FROM setList modality? (SHOWN text)?                             # SeparatedAttribute
  | DISCLOSES side WITH side (IN dottedName)? (BECAUSE text)?                  # DisclosesAttribute
  ;

attribute
  : key=(LANGUAGE | REVISION) INT                                              # IntegerAttribute
  | ABOUT word                                                                 # AboutAttribute
  | key=(APPETITE | APPROVER | AUTHOR | CATEGORY | CLASS | COMPENSATION | DATES | IS
        | MEASURES | OWNER | RISK | STATUS | LEGEND) dottedName                # NameAttribute
  | key=(FRAMEWORKS | GROUPS | HAS | INCLUDES | MEMBERS | NATURE | PERFORMER | REVIEWER | SYSTEM
        | TAGS) nameList                                                       # NameListAttribute
  | key=(ADVICE | BLANK | CLASSIFICATION | DEFINITION | DESCRIPTION | EDITION | IDENTIFIER
        | LETTER | SOURCE | SYMBOL | TEXT | VERSION) text                      # TextAttribute
  | key=(BULLETS | REFERENCE | ROW) textList                                   # TextListAttribute
  | key=(EFFECTIVE | REVIEWED) date                                            # DateAttribute
  | MODE (AT MOST)? name                                                       # ModeAttribute
  | DEFAULT key=(RISK | MODE | AT) name                                        # DefaultAttribute
  | ORGANIZATION text (LEGAL text)?                                            # OrganizationAttribute
  | ACCOUNT name STRING                                                        # AccountAttribute
  | MEMBER name text? body?                                                    # MemberAttribute
  | CLAUSE STRING text? body?                                                  # ClauseAttribute
  | MITIGATED BY nameList                                                      # MitigatedAttribute
  | SATISFIES dottedName textList                                              # SatisfiesAttribute
  | VALID validity                                                             # ValidAttribute
  | CADENCE (name | EVERY DURATION)                                            # CadenceAttribute
  | EVIDENCE name text (DATED date)? (EVERY DURATION)?                         # EvidenceAttribute
  | OPERATED BY name                                                           # OperatedAttribute
  | ADMINISTERED BY nameList                                                   # AdministeredAttribute
  | DEPENDS ON nameList                                                        # DependsAttribute
  | ROLE dottedName LISTS setList                                              # ListsAttribute
  | SECTION text body                                                          # SectionAttribute
  | TABLE name (OF rowItem (COMMA rowItem)*)? body?                            # TableAttribute
  | COLUMNS column (COMMA column)*                                             # ColumnsAttribute
  | FIELD text (text | date | dottedName)                                      # FieldAttribute
  ;

modality   : MUST | SHOULD text?;
ownActions : ON OWN ACTIONS;
column     : word text?;
rowItem    : ROLE dottedName | setExpression;
nameList   : dottedName (COMMA dottedName)*;
setList    : setExpression (COMMA setExpression)*;
textList   : text (COMMA text)*;
text       : STRING | TEXT_BLOCK;
date       : DATE | MONTH;

// ---- Names. Reserved words are names only in backticks.
dottedName : name (DOT name)*;
// A word out of a closed list of the language (`about policy`, `columns duty "Function"`):
// a reserved word needs no backticks here, since nothing declared is meant.
word : dottedName | POLICY | DUTY | PERSON | CONTROL | GROUP | ROLE;
name       : ID | QUOTED_NAME | softWord;
softWord
  : ABOUT | ACCOUNT | ACTIONS | ADMINISTERED | ADVICE | ANY | APPETITE | APPROVER | AUTHOR | BECAUSE
  | BLANK | BULLETS | BY | CADENCE | CATEGORY | CLASS | CLASSIFICATION | CLAUSE | COLUMNS
  | COMPENSATION | DATED | DATES | DEFAULT | DEFINITION | DEPENDS | DESCRIPTION | DISCLOSES | EACH
  | EDITION | EFFECTIVE | EVERY | EVIDENCE | FIELD | FRAMEWORKS | FROM | GRANTS | GROUPS | HAS
  | IDENTIFIER | IN | INCLUDES | IS | LANGUAGE | LEGAL | LEGEND | LETTER | LISTS | MEASURES | MEMBER
  | MEMBERS | MITIGATED | MODE | MOST | MUST | NATURE | NOTE | ON | OPERATED | ORGANIZATION | OWN
  | OWNER | PERFORMER | POSITION | REFERENCE | RESTRICTS | REVIEWED | REVIEWER | REVISION | RISK
  | ROW | SATISFIES | SECTION | SEPARATED | SHOULD | SHOWN | SOURCE | STATUS | SYMBOL | TABLE | TAGS
  | TEXT | UNTIL | VACANT | VALID | VERSION
  ;
