/** How shells pass an expression, for the help of commands that take one. */
export const quoting =
  'Put an expression between single quotes in bash, zsh and PowerShell 7.3 or later. Windows PowerShell 5 drops the double ' +
  'quotes inside: write the expression to a file, or pipe it to -. cmd takes "ToUpper(\\"a\\")"; where the text holds ' +
  '& < > | or %, a file is safer.'
