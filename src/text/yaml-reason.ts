/** What the YAML parser says, in one line: without the excerpt of the file and the colon that announces it. */
export const yamlReason = ({ message }: Error): string => message.replace(/\n.*/s, '').replace(/:$/, '')
