// A grammar that reads `shown` in two ways: as an attribute and as a clause of no name.
grammar Ambiguous;

file      : ROLE NAME LBRACE body RBRACE EOF;
body      : (attribute | clause)*;
attribute : (NOTE | SHOWN) STRING;
clause    : SHOWN STRING;

ROLE   : 'role';
NOTE   : 'note';
SHOWN  : 'shown';
LBRACE : '{';
RBRACE : '}';
NAME   : [a-z]+;
STRING : '"' ~["]* '"';
SPACE  : [ \t\r\n]+ -> skip;
