/** How to pass an expression in different shells, for the help of commands that take one. */
export const quoting =
  'Put an expression in single quotes in bash, zsh and PowerShell 7.3 or later. Windows PowerShell 5 drops the double ' +
  'quotes inside, and its pipes change letters beyond ASCII to ?: write the expression to a file. In cmd write ' +
  '"ToUpper(\\"a\\")"; for texts with & < > | ^ or % use a file.'
