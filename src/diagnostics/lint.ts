/** AF9xxx: legal, but probably unintended. */
export const lintDiagnostics = {
  AF9001: {
    severity: 'warning',
    message: 'NULL is the empty value here, but the service is reported to flow it as the text NULL.',
    help: 'Leave the argument blank, or use IgnoreAttributeFlow.',
  },
  AF9100: {
    severity: 'warning',
    message: 'The pattern {pattern} is a search, so longer numbers that contain a match pass, too.',
    help: 'Anchor the pattern at both ends.',
  },
  AF9101: {
    severity: 'warning',
    message:
      'It is uncertain how {operator} treats an object without {attribute}; here it is {verdict}, under the {policy} null policy.',
    help: 'Add a clause that decides for objects without the attribute: IS NOT NULL in this group, or IS NULL in another.',
  },
  AF9102: {
    severity: 'warning',
    message: 'The service does not support {attribute} in scoping filters: {reason}.',
    help: 'Test another attribute, or assign the users and groups instead.',
  },
  AF9103: {
    severity: 'warning',
    message: 'The clause has {count} values; it is taken as {meaning} of them, which is not documented.',
    help: 'Write one value in each clause: one group that passes is enough; all clauses of a group must hold.',
  },
  AF9104: {
    severity: 'warning',
    message: 'No object can pass the group {group}: {reason}.',
    help: 'All clauses of a group must hold; put alternatives into separate groups.',
  },
  AF9105: {
    severity: 'warning',
    message: 'Every object passes the group {group}, and so the whole set: {reason}.',
    help: 'Remove the group, or complete it: one group that passes is enough.',
  },
  AF9106: {
    severity: 'warning',
    message:
      '{attribute} can have several values, which filters are not documented to support; here {operator} holds {condition}.',
    help: 'Test an attribute with a single value.',
  },
  AF9107: {
    severity: 'info',
    message: '{operator} is not documented for the type {type}; {attribute} is compared by its text.',
    help: 'For a Boolean use IS TRUE or IS FALSE.',
  },
  AF9108: {
    severity: 'warning',
    message: 'Every object passes one of the groups {group} and {other}, and so the whole set.',
    help: 'Put both clauses into one group if both must hold.',
  },
  AF9109: {
    severity: 'warning',
    message: 'In {pattern} the anchor applies to one alternative only, not to all of them.',
    help: 'Put the alternatives into a group between the anchors: ^(?:a|b|c)$.',
  },
} as const
