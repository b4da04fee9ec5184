/** AF4xxx: the schema, a mapping or a filter is wrong. */
export const mappingDiagnostics = {
  AF4001: {
    severity: 'error',
    message: 'The file is not JSON: {reason}.',
    help: 'Export the schema again, or repair the file at the position given.',
  },
  AF4002: {
    severity: 'error',
    message: 'The file does not hold one synchronization schema: {reason}.',
    help: 'Export it with GET …/synchronization/jobs/{id}/schema, or from the portal’s schema editor.',
  },
  AF4003: {
    severity: 'error',
    message: '{member} should be {expected}, not {found}.',
    help: 'The rest of the schema is read as if the member were absent.',
  },
  AF4004: {
    severity: 'error',
    message: '{value} is not a value of {member}; it takes {values}.',
    help: 'Write one of the values listed; until then the default is used.',
  },
  AF4005: {
    severity: 'error',
    message: '{member} is missing.',
    help: 'Add it: the service needs it.',
  },
  AF4006: {
    severity: 'error',
    message: 'The file was cut off when it was saved: {member} holds {found}.',
    help: 'ConvertTo-Json stops at 2 levels unless told otherwise. Export it again with ConvertTo-Json -Depth 100; the readable part is used.',
  },
  AF4007: {
    severity: 'warning',
    message: '{member} should be a list; the text {found} is read as a list of one.',
    help: 'PowerShell unwraps lists of one element. Put the value between brackets.',
  },
  AF4008: {
    severity: 'warning',
    message: 'Microsoft Graph does not know the member {member} at this place, so the service ignores it.',
    help: 'Correct its name, or move it to the object it belongs to.',
  },
  AF4009: {
    severity: 'warning',
    message: '{what}, so nothing is synchronized.',
    help: 'Export the schema again; if the template has none, export it from the job.',
  },
  AF4100: {
    severity: 'info',
    message: 'The schema has no directories, so the names of objects and attributes are not checked.',
    help: 'Export it again with $expand=directories.',
  },
  AF4101: {
    severity: 'error',
    message: 'There is no directory named {name}.',
    help: 'Name a directory of this schema; names are case-sensitive.',
  },
  AF4102: {
    severity: 'error',
    message: 'Directory {directory} has no object named {name}.',
    help: 'Name an object of this directory; names are case-sensitive.',
  },
  AF4103: {
    severity: 'error',
    message: 'Target object {object} has no attribute named {name}.',
    help: 'Add the attribute to the target directory of the schema, or correct the name; names are case-sensitive.',
  },
  AF4104: {
    severity: 'error',
    message: '{name} is mapped twice; the other mapping is {other}.',
    help: 'Keep one of the mappings: the service may merge them or fail.',
  },
  AF4105: {
    severity: 'warning',
    message: 'Object {object} of directory {directory} has {count} anchor attributes; it should have one.',
    help: 'Set `anchor` on the attribute that identifies the object for good, and only there.',
  },
  AF4106: {
    severity: 'error',
    message: 'The matching attribute {name} reads {count} source attributes: {sources}.',
    help: 'Match on an expression of a single source attribute; several cannot be combined.',
  },
  AF4107: {
    severity: 'info',
    message: 'The default value of {name} is never used: the expression always has a value.',
    help: 'Remove the default, or the part of the expression that replaces it.',
  },
  AF4108: {
    severity: 'warning',
    message: 'The required target attribute {name} is not mapped and has no default.',
    help: 'Map it: unless the connector fills it in itself, no object can be created.',
  },
  AF4109: {
    severity: 'warning',
    message: 'The mapping has no matching attribute, so existing objects in the target cannot be found.',
    help: 'Give the mapping of an identifying attribute a matchingPriority above 0.',
  },
  AF4110: {
    severity: 'warning',
    message: 'The target attribute {name} is read-only.',
    help: 'Map another attribute: the target does not let it be written.',
  },
  AF4111: {
    severity: 'error',
    message: 'Two {what} are named {name}.',
    help: 'Give each its own name.',
  },
  AF4112: {
    severity: 'error',
    message: 'A source of type {type} needs {member}.',
    help: 'Write it as the service exports it, for example {"type": "Attribute", "name": "mail"}.',
  },
  AF4113: {
    severity: 'warning',
    message: 'Both containerFilter and groupFilter are set; the service takes one of them.',
    help: 'Remove one of the two.',
  },
  AF4114: {
    severity: 'error',
    message: '{what} has no form in the tree that Graph stores for an expression.',
    help: 'Write it another way: comparisons as the condition of IIF, a blank value of Switch as a nested IIF or at the end.',
  },
  AF4115: {
    severity: 'error',
    message: 'The expression and its parameters disagree: the parameters say {tree}.',
    help: 'Correct one of the two; the service evaluates the parameters, people read the expression.',
  },
  AF4116: {
    severity: 'error',
    message: '{function} has no parameter with the key {key}; its keys are {keys}.',
    help: 'Take the keys from the function reference; they are case-sensitive.',
  },
  AF4117: {
    severity: 'error',
    message: 'The parameters of {function} hold the key {key} more than once.',
    help: 'Remove all but one: only the last parameters of functions such as Join and Switch repeat.',
  },
  AF4118: {
    severity: 'error',
    message: 'The mapping of {name} has a source with neither name nor expression.',
    help: 'Write it as the service exports it, for example {"type": "Attribute", "name": "mail"}, or remove the mapping.',
  },
  AF4201: {
    severity: 'error',
    message: '{path} is not an attribute path of SCIM: {reason}.',
    help: 'Write userName, name.givenName, emails[type eq "work"].value or a URN followed by a colon and the attribute.',
  },
  AF4202: {
    severity: 'error',
    message: '{path} takes {expected}, not {value}.',
    help: 'Change the mapping so that it yields this type, or the type in the target’s attribute list.',
  },
  AF4203: {
    severity: 'error',
    message: '{path} and {other} write to the same place in the resource.',
    help: 'Map the complex attribute or its sub-attributes, not both.',
  },
  AF4901: {
    severity: 'error',
    message: 'The line is not a JSON object: {reason}.',
    help: 'Write one JSON object on each line.',
  },
  AF4902: {
    severity: 'error',
    message: 'The member {member} should be {expected}, not {found}.',
    help: 'Correct the member; the other lines are not affected.',
  },
  AF4903: {
    severity: 'error',
    message: 'The member {member} is missing.',
    help: 'Add it: the line cannot be read without it.',
  },
  AF4904: {
    severity: 'error',
    message: 'The settings are wrong: {reason}.',
    help: 'Correct the settings; their names are case-sensitive.',
  },
  AF4905: {
    severity: 'error',
    message: 'attrflow failed on this line: {reason}.',
    help: 'This is a fault of attrflow, or the line is nested too deeply. Please report it with the line.',
  },
  AF4906: {
    severity: 'warning',
    message: 'The line has a member {name}, which is ignored; {known} was probably meant.',
    help: 'Correct the name; it is case-sensitive.',
  },
  AF4907: {
    severity: 'error',
    message: 'The row cannot be read: {reason}.',
    help: 'Give every row as many cells as the header has, and write " within quotes as "".',
  },
  AF4908: {
    severity: 'info',
    message: 'The object has no attribute {name}, but it has {known}.',
    help: 'Names of attributes are case-sensitive, and an attribute that is absent is null.',
  },
  AF4910: {
    severity: 'warning',
    message: 'The file is read as {encoding}.',
    help: 'Check that accented letters are right; save the file as UTF-8 to be sure.',
  },
  AF4911: {
    severity: 'warning',
    message: 'The column {name} occurs {count} times in the header; only the first one is read.',
    help: 'Rename or remove the others.',
  },
  AF4912: {
    severity: 'warning',
    message: 'The file ends with a page that others follow: it does not hold all objects.',
    help: 'Follow @odata.nextLink, in SCIM with startIndex, and put all pages into the file, one after the other.',
  },
  AF4913: {
    severity: 'info',
    message: 'The objects use the attribute names of {shape}; renamed when read: {renamed}.',
    help: 'An attribute that an object has is never replaced; --shape none renames nothing.',
  },
  AF4914: {
    severity: 'warning',
    message: 'No object that was read has these attributes of the mapping: {names}.{listed}',
    help: 'They are null for every object. Export them too, or correct the names.',
  },
  AF4915: {
    severity: 'warning',
    message: '{name} holds {type}, which PowerShell writes in place of a value.',
    help: "Export JSON with ConvertTo-Json -Depth 10, or expand it for CSV: @{n='{name}';e={ $_.{name} -join ';' }}.",
  },
  AF4916: {
    severity: 'info',
    message: 'The header is on line {line}; skipped: {skipped}.',
    help: 'If that is wrong, begin the file with its header.',
  },
  AF4917: {
    severity: 'warning',
    message: 'The file has bytes that {encoding} does not have; U+FFFD stands in their place.',
    help: 'Save the file in one encoding, best as UTF-8.',
  },
  AF4918: {
    severity: 'error',
    message: 'The object on line {line} has the same {attribute}, {value} (DuplicateSourceEntries).',
    help: 'Both would be written to one object of the target. Correct the source, or match by a unique value.',
  },
  AF4919: {
    severity: 'warning',
    message: 'The value of {attribute} has {length} characters; the target takes at most {limit}.',
    help: 'Shorten it in the expression: Left([{attribute}], {limit}).',
  },
  AF4920: {
    severity: 'warning',
    message: 'The file has app role assignments with the ids of the roles, but not their names.',
    help: "Provide the application's roles: --app-roles FILE with the appRoles of its service principal.",
  },
  AF4921: {
    severity: 'warning',
    message:
      'The text and the stored tree of {name} disagree; the tree is evaluated, as the service does: {tree}.',
    help: 'Correct one of the two in the schema; check shows the place.',
  },
  AF4922: {
    severity: 'warning',
    message:
      'Sources disagree on whether Active Directory disables an object that left the scope when no mapping reads its state.',
    help: 'Microsoft says that it does, unless SkipOutOfScopeDeletions is set; attrflow follows that, but one report differs. Map IsSoftDeleted to accountDisabled to be sure.',
  },
  AF4923: {
    severity: 'warning',
    message: 'Objects that are only marked as removed (@removed) are left out: {count}.',
    help: 'A delta page has no attributes of removed objects. Jobs delete them (source.mode: delta); for a preview, export whole objects.',
  },
  AF4924: {
    severity: 'warning',
    message: 'No object was found in the file.',
    help: 'The file, or the list in it, is empty. Export the users again.',
  },
  AF4925: {
    severity: 'info',
    message: 'Dates such as /Date(0)/ are read as date and time in UTC: {names}.',
    help: 'OData 2 writes them so. Their text is in the form M/d/yyyy h:mm:ss tt.',
  },
  AF4926: {
    severity: 'warning',
    message: 'Column {number} has values, but no name in the header; it is not read.',
    help: 'Give it a name.',
  },
  AF4927: {
    severity: 'warning',
    message: 'Line {line} is read as an object, but looks like a total: it begins with {text}.',
    help: 'If it is not an object, remove the line.',
  },
  AF4500: {
    severity: 'error',
    message: 'There is no filter operator {name}.',
    help: 'List the operators with `attrflow operators`.',
  },
  AF4501: {
    severity: 'error',
    message: 'The filter operator {name} cannot be evaluated: {reason}.',
    help: 'Use another operator: if a clause cannot be evaluated, objects are neither in nor out of scope.',
  },
  AF4502: {
    severity: 'error',
    message: '{operator} needs a value to compare {attribute} with.',
    help: 'Give it one in targetOperand.values, or use IS NULL or IS NOT NULL.',
  },
  AF4503: {
    severity: 'warning',
    message: '{operator} takes no value; {value} is ignored.',
    help: 'Remove the value, or use an operator that takes one.',
  },
  AF4504: {
    severity: 'error',
    message: '{operator} takes {expected}, not {value}.',
    help: 'Write the number in decimal digits.',
  },
  AF4505: {
    severity: 'error',
    message: 'The clause does not name the attribute it tests.',
    help: 'Set sourceOperandName to an attribute of the source object.',
  },
  AF4801: {
    severity: 'error',
    message: 'No module can be generated: no module exports the function {name}.',
    help: 'Name the module that exports the function: `attrflow build --functions MODULE`, or the option `functions` of generateMappingModule.',
  },
} as const
