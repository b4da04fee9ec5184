/** AF4xxx: the schema, a mapping or a filter is wrong. */
export const mappingDiagnostics = {
  AF4001: {
    severity: 'error',
    message: 'The file is not JSON: {reason}.',
    help: 'Export the schema again, or repair the file at the position given.',
    example: '{"synchronizationRules": [',
  },
  AF4002: {
    severity: 'error',
    message: 'The file holds no synchronization schema: {reason}.',
    help: 'Export it with GET …/synchronization/jobs/{id}/schema, or from the portal’s schema editor.',
    example: '{"value": []}',
  },
  AF4003: {
    severity: 'error',
    message: '{member} should be {expected}, not {found}.',
    help: 'The rest of the schema is read as if the member were absent.',
    example: '{"synchronizationRules": {}}',
  },
  AF4004: {
    severity: 'error',
    message: '{value} is not a value of {member}; it takes {values}.',
    help: 'Write one of the values listed; until then the default is used.',
    example: '{"synchronizationRules": [{"objectMappings": [{"attributeMappings": [{"flowType": "Add"}]}]}]}',
  },
  AF4005: {
    severity: 'error',
    message: '{member} is missing.',
    help: 'Add it: the service needs it.',
    example: '{"synchronizationRules": [{"objectMappings": [{"attributeMappings": [{"source": null}]}]}]}',
  },
  AF4100: {
    severity: 'info',
    message: 'The schema has no directories, so the names of objects and attributes are not checked.',
    help: 'Export it again with $expand=directories.',
    example: '{"synchronizationRules": []}',
  },
  AF4101: {
    severity: 'error',
    message: 'There is no directory named {name}.',
    help: 'Name a directory of this schema; names are case-sensitive.',
    example:
      '{"directories": [{"name": "HR"}], "synchronizationRules": [{"sourceDirectoryName": "Hr", "targetDirectoryName": "HR"}]}',
  },
  AF4102: {
    severity: 'error',
    message: 'Directory {directory} has no object named {name}.',
    help: 'Name an object of this directory; names are case-sensitive.',
    example:
      '{"directories": [{"name": "HR", "objects": [{"name": "Worker"}]}], "synchronizationRules": [{"sourceDirectoryName": "HR", "targetDirectoryName": "HR", "objectMappings": [{"sourceObjectName": "Person", "targetObjectName": "Worker"}]}]}',
  },
  AF4103: {
    severity: 'error',
    message: 'Target object {object} has no attribute named {name}.',
    help: 'Add the attribute to the target directory of the schema, or correct the name; names are case-sensitive.',
    example: 'targetAttributeName "Email" where the target defines "mail"',
  },
  AF4104: {
    severity: 'error',
    message: '{name} is mapped twice; the other mapping is {other}.',
    help: 'Keep one of the mappings: the service may merge them or fail.',
    example: 'two attributeMappings with targetAttributeName "displayName"',
  },
  AF4105: {
    severity: 'warning',
    message: 'Object {object} of directory {directory} has {count} anchor attributes; it should have one.',
    help: 'Set `anchor` on the attribute that identifies the object for good, and only there.',
    example: 'an objectDefinition all of whose attributes have "anchor": false',
  },
  AF4106: {
    severity: 'error',
    message: 'The matching attribute {name} reads {count} source attributes: {sources}.',
    help: 'Match on an expression of a single source attribute; several cannot be combined.',
    example: 'matchingPriority 1 with Join("", [givenName], [surname])',
  },
  AF4107: {
    severity: 'info',
    message: 'The default value of {name} is never used: the expression always has a value.',
    help: 'Remove the default, or the part of the expression that replaces it.',
    example: 'source constant "Contoso" with defaultValue "None"',
  },
  AF4108: {
    severity: 'warning',
    message: 'The required target attribute {name} is not mapped and has no default.',
    help: 'Map it: unless the connector fills it in itself, no object can be created.',
    example: 'a target attribute with "required": true that no mapping sets',
  },
  AF4109: {
    severity: 'warning',
    message: 'The mapping has no matching attribute, so objects that exist in the target cannot be found.',
    help: 'Give the mapping of an identifying attribute a matchingPriority above 0.',
    example: 'attributeMappings that all have "matchingPriority": 0',
  },
  AF4110: {
    severity: 'warning',
    message: 'The target attribute {name} is read-only.',
    help: 'Map another attribute: the target does not let it be written.',
    example: 'targetAttributeName of an attribute with "mutability": "ReadOnly"',
  },
  AF4111: {
    severity: 'error',
    message: 'Two {what} are named {name}.',
    help: 'Give each its own name.',
    example: '{"directories": [{"name": "HR"}, {"name": "HR"}], "synchronizationRules": []}',
  },
  AF4112: {
    severity: 'error',
    message: 'A source of type {type} needs {member}.',
    help: 'Write it as the service exports it, for example {"type": "Attribute", "name": "mail"}.',
    example: '{"type": "Attribute", "name": null, "expression": null}',
  },
  AF4113: {
    severity: 'warning',
    message: 'Both containerFilter and groupFilter are set; the service takes one of them.',
    help: 'Remove one of the two.',
    example: 'a rule with includedContainers and includedGroups',
  },
  AF4114: {
    severity: 'error',
    message: '{what} has no form in the tree that Graph stores for an expression.',
    help: 'Write it another way: comparisons as the condition of IIF, a blank value of Switch as a nested IIF or at the end.',
    example: 'Not([country]="SE")',
  },
  AF4115: {
    severity: 'error',
    message: 'The expression and its parameters disagree: the parameters say {tree}.',
    help: 'Correct one of the two; the service evaluates the parameters, people read the expression.',
    example:
      '{"type": "Function", "name": "Trim", "expression": "Trim([mail])", "parameters": [{"key": "source", "value": {"type": "Attribute", "name": "upn"}}]}',
  },
  AF4116: {
    severity: 'error',
    message: '{function} has no parameter with the key {key}; its keys are {keys}.',
    help: 'Take the keys from the function reference; they are case-sensitive.',
    example: '{"type": "Function", "name": "Append", "parameters": [{"key": "text", "value": null}]}',
  },
  AF4117: {
    severity: 'error',
    message: 'The parameters of {function} hold the key {key} more than once.',
    help: 'Remove all but one: only the last parameters of functions such as Join and Switch repeat.',
    example: '{"type": "Function", "name": "Trim", "parameters": [{"key": "source"}, {"key": "source"}]}',
  },
  AF4201: {
    severity: 'error',
    message: '{path} is not an attribute path of SCIM: {reason}.',
    help: 'Write userName, name.givenName, emails[type eq "work"].value or a URN followed by a colon and the attribute.',
    example: 'emails[type eq work].value',
  },
  AF4202: {
    severity: 'error',
    message: '{path} takes {expected}; {value} is not.',
    help: 'Change the mapping so that it yields this type, or the type in the target’s attribute list.',
    example: 'the text "maybe" for the Boolean attribute active',
  },
  AF4203: {
    severity: 'error',
    message: '{path} and {other} write the same place of the resource.',
    help: 'Map the complex attribute or its sub-attributes, not both.',
    example: 'the targets name and name.givenName in one mapping',
  },
  AF4901: {
    severity: 'error',
    message: 'The line is not a JSON object: {reason}.',
    help: 'Write one JSON object on each line.',
    example: '{"expression": "[mail]"',
  },
  AF4902: {
    severity: 'error',
    message: 'The member {member} should be {expected}, not {found}.',
    help: 'Correct the member; the other lines are not affected.',
    example: '{"expression": "[mail]", "input": ["a"]}',
  },
  AF4903: {
    severity: 'error',
    message: 'The member {member} is missing.',
    help: 'Add it: the line cannot be read without it.',
    example: '{"input": {"mail": "ada@contoso.com"}}',
  },
  AF4904: {
    severity: 'error',
    message: 'The settings are wrong: {reason}.',
    help: 'Correct the settings; their names are case-sensitive.',
    example: '{"expression": "[mail]", "settings": {"nullComparision": "lenient"}}',
  },
  AF4905: {
    severity: 'error',
    message: 'attrflow failed on this line: {reason}.',
    help: 'This is a fault of attrflow, or the line is nested too deeply. Please report it with the line.',
    example: 'a line with 100,000 nested lists',
  },
  AF4906: {
    severity: 'warning',
    message: 'The line has a member {name}, which is ignored; {known} was probably meant.',
    help: 'Correct the name; it is case-sensitive.',
    example: '{"expression": "[mail]", "inputs": {"mail": "ada@contoso.com"}}',
  },
  AF4907: {
    severity: 'error',
    message: 'The row cannot be read: {reason}.',
    help: 'Give every row as many cells as the header has, and write " within quotes as "".',
    example: 'a row with three cells below a header with two',
  },
  AF4908: {
    severity: 'info',
    message: 'The object has no attribute {name}, but {known}.',
    help: 'Names of attributes are case-sensitive, and an attribute that is absent is null.',
    example: '[givenname]',
  },
  AF4500: {
    severity: 'error',
    message: 'There is no filter operator {name}.',
    help: 'List the operators with `attrflow operators`.',
    example:
      '{"sourceOperandName": "department", "operatorName": "STARTS WITH", "targetOperand": {"values": ["S"]}}',
  },
  AF4501: {
    severity: 'error',
    message: 'The filter operator {name} cannot be evaluated: {reason}.',
    help: 'Use another operator: a clause that cannot be evaluated leaves objects neither in nor out of scope.',
    example:
      '{"sourceOperandName": "memberOf", "operatorName": "IsMemberOf", "targetOperand": {"values": ["Sales"]}}',
  },
  AF4502: {
    severity: 'error',
    message: '{operator} needs a value to compare {attribute} with.',
    help: 'Give it one in targetOperand.values, or use IS NULL or IS NOT NULL.',
    example: '{"sourceOperandName": "department", "operatorName": "EQUALS", "targetOperand": null}',
  },
  AF4503: {
    severity: 'warning',
    message: '{operator} compares with nothing; {value} is ignored.',
    help: 'Remove the value, or use an operator that takes one.',
    example:
      '{"sourceOperandName": "department", "operatorName": "IS NULL", "targetOperand": {"values": ["Sales"]}}',
  },
  AF4504: {
    severity: 'error',
    message: '{operator} takes {expected}; {value} is not.',
    help: 'Write the number in decimal digits.',
    example:
      '{"sourceOperandName": "level", "operatorName": "Greater_Than", "targetOperand": {"values": ["ten"]}}',
  },
  AF4505: {
    severity: 'error',
    message: 'The clause does not name the attribute it tests.',
    help: 'Set sourceOperandName to an attribute of the source object.',
    example: '{"sourceOperandName": "", "operatorName": "IS NULL", "targetOperand": null}',
  },
  AF4801: {
    severity: 'error',
    message: 'No module can be generated: no module exports the function {name}.',
    help: 'Name the module that exports the function: `attrflow build --functions MODULE`, or the option `functions` of generateMappingModule.',
    example: '{"expression": "BadgeColour([department])"}',
  },
} as const
