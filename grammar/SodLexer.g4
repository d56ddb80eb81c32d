// Tokens of the Sod language. This file is the definition; the hand-written
// scanner in compiler/parse must produce equal tokens (a test demands it).
lexer grammar SodLexer;

// ---- Declaration words: reserved everywhere, backticks make any of them a name.
POLICY      : 'policy';
MODULE      : 'module';
IMPORT      : 'import';
SCALE       : 'scale';
DUTY        : 'duty';
GROUP       : 'group';
SCOPE       : 'scope';
OBJECT      : 'object';
ENTITLEMENT : 'entitlement';
PERSON      : 'person';
TEAM        : 'team';
SERVICE     : 'service';
TOOL        : 'tool';
AGENT       : 'agent';
EXTERNAL    : 'external';
SYSTEM      : 'system';
ROLE        : 'role';
ASSIGN      : 'assign';
DELEGATE    : 'delegate';
CONFLICT    : 'conflict';
COMPATIBLE  : 'compatible';
PROCESS     : 'process';
CONTROL     : 'control';
WAIVER      : 'waiver';
FRAMEWORK   : 'framework';
PLAN        : 'plan';
REVIEW      : 'review';
DOCUMENT    : 'document';
CLAIMS      : 'claims';
TEST        : 'test';

// ---- Connectors: reserved.
AND     : 'and';
WITH    : 'with';
BETWEEN : 'between';
TO      : 'to';
AT      : 'at';
OF      : 'of';
EXCEPT  : 'except';
WHERE   : 'where';
ALL     : 'all';

// ---- Contextual words: attribute keywords that stay usable as names.
// The parser rule softWord lists every one of them.
ABOUT          : 'about';
ACCOUNT        : 'account';
ADMINISTERED   : 'administered';
ADVICE         : 'advice';
ANY            : 'any';
APPETITE       : 'appetite';
APPROVER       : 'approver';
AUTHOR         : 'author';
BECAUSE        : 'because';
BLANK          : 'blank';
BULLETS        : 'bullets';
BY             : 'by';
CADENCE        : 'cadence';
CATEGORY       : 'category';
CLASS          : 'class';
CLASSIFICATION : 'classification';
CLAUSE         : 'clause';
COLUMNS        : 'columns';
COMPENSATION   : 'compensation';
DATED          : 'dated';
DATES          : 'dates';
DEFAULT        : 'default';
DEFINITION     : 'definition';
DEPENDS        : 'depends';
DESCRIPTION    : 'description';
DISCLOSES      : 'discloses';
EACH           : 'each';
EDITION        : 'edition';
EFFECTIVE      : 'effective';
EVERY          : 'every';
EVIDENCE       : 'evidence';
FIELD          : 'field';
FRAMEWORKS     : 'frameworks';
FROM           : 'from';
GRANTS         : 'grants';
GROUPS         : 'groups';
HAS            : 'has';
IDENTIFIER     : 'identifier';
IN             : 'in';
INCLUDES       : 'includes';
IS             : 'is';
LANGUAGE       : 'language';
LEGAL          : 'legal';
LEGEND         : 'legend';
LETTER         : 'letter';
LISTS          : 'lists';
MEASURES       : 'measures';
MEMBER         : 'member';
MEMBERS        : 'members';
MITIGATED      : 'mitigated';
MODE           : 'mode';
MOST           : 'most';
MUST           : 'must';
NATURE         : 'nature';
NOTE           : 'note';
ON             : 'on';
OPERATED       : 'operated';
ORGANIZATION   : 'organization';
OWN            : 'own';
ACTIONS        : 'actions';
OWNER          : 'owner';
PERFORMER      : 'performer';
POSITION       : 'position';
REFERENCE      : 'reference';
RESTRICTS      : 'restricts';
REVIEWED       : 'reviewed';
REVIEWER       : 'reviewer';
REVISION       : 'revision';
RISK           : 'risk';
ROW            : 'row';
SATISFIES      : 'satisfies';
SECTION        : 'section';
SEPARATED      : 'separated';
SHOULD         : 'should';
SHOWN          : 'shown';
SOURCE         : 'source';
STATUS         : 'status';
SYMBOL         : 'symbol';
TABLE          : 'table';
TAGS           : 'tags';
TEXT           : 'text';
UNTIL          : 'until';
VACANT         : 'vacant';
VALID          : 'valid';
VERSION        : 'version';

// ---- Punctuation.
LBRACE : '{';
RBRACE : '}';
LPAREN : '(';
RPAREN : ')';
COMMA  : ',';
DOT    : '.';
RANGE  : '..';
EQUALS : '=';

// ---- Values. A number glued to a letter, digit run or hyphen is one BAD_NUMBER
// (`30days`, `3.1.4`, `4eyes`, `2026-01-01until`): longest match decides.
DATE     : D D D D '-' D D '-' D D;
MONTH    : D D D D '-' D D;
INSTANT  : D D D D '-' D D '-' D D 'T' D D ':' D D (':' D D)? ('Z' | [+-] D D ':' D D);
DURATION : D+ ('h' | 'd' | 'w' | 'mo' | 'y');
INT      : D+;
BAD_NUMBER : D (NAME_CHAR | '-' NAME_CHAR | '.' NAME_CHAR | ':' NAME_CHAR | '+' D)*;

// ---- Names are ASCII. A hyphen or a letter outside ASCII inside a name
// (`code-review`, `café`) makes one BAD_NAME; backticks hold any other name.
ID              : [A-Za-z_] NAME_CHAR*;
BAD_NAME        : ([A-Za-z_] | WIDE) (NAME_CHAR | WIDE)* ('-' (NAME_CHAR | WIDE)+)*;
QUOTED_NAME     : '`' ~[`\r\n]+ '`';
BAD_QUOTED_NAME : '`' ~[`\r\n]* | '``';

// ---- Texts. A block is raw: no escapes, opened by quotes that end their line
// and closed by quotes that start theirs; the checker strips the margin.
STRING          : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"';
BAD_STRING      : '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'?;
BLOCK_OPEN      : '"""' [ \t]* '\r'? '\n' -> more, pushMode(BLOCK);
BAD_BLOCK_OPEN  : '"""' ~[\r\n]*;

// ---- Dropped by the scanner; comments are kept in a side list.
LINE_COMMENT    : '//' ~[\r\n]* -> skip;
BLOCK_COMMENT   : '/*' .*? '*/' -> skip;
SPACE           : [ \t\r\n]+ -> skip;
BAD_CHARACTER   : . ;

fragment D         : [0-9];
fragment NAME_CHAR : [A-Za-z0-9_];
fragment WIDE      : [\u0080-\u{10FFFF}];

mode BLOCK;
TEXT_BLOCK : [ \t]* '"""' -> popMode;
BLOCK_LINE : [ \t]* (~[ \t"\r\n] ~[\r\n]* | '"' ~["\r\n] ~[\r\n]* | '""' ~["\r\n] ~[\r\n]* | '"' | '""')? '\r'? '\n' -> more;
BAD_BLOCK  : [ \t]* (~[ \t"\r\n] ~[\r\n]* | '"' ~["\r\n] ~[\r\n]* | '""' ~["\r\n] ~[\r\n]* | '"' | '""')? EOF -> popMode;
