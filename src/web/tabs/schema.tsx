import { useState } from 'preact/hooks'
import { shown } from '../../text/shown.js'
import type { MappingRow } from '../answers.js'
import { Findings } from './findings.js'
import { Name } from './name.js'
import { Scroll } from './scroll.js'
import type { TabProps } from './shared.js'

interface Props extends TabProps {
  open(index: number, expression: string): void
  save(): void
}

/** Which source attributes each target attribute uses, as lines between two columns. */
const Diagram = ({ rows }: { readonly rows: readonly MappingRow[] }) => {
  const sources = [...new Set(rows.flatMap(({ reads }) => reads))]
  const height = 22
  const tall = Math.max(sources.length, rows.length) * height + 10
  const y = (index: number): number => 16 + index * height
  const label = `${sources.length} source attributes feed ${rows.length} target attributes`
  return (
    <Scroll label="Diagram of the mappings">
      <svg width="760" height={tall} role="img" aria-label={label}>
        {rows.flatMap(({ reads }, target) =>
          reads.map((name) => (
            <line x1="235" y1={y(sources.indexOf(name)) - 4} x2="470" y2={y(target) - 4} class="edge" />
          )),
        )}
        {sources.map((name, index) => (
          <text x="230" y={y(index)} text-anchor="end">
            {shown(name.length > 32 ? `${name.slice(0, 31)}…` : name)}
          </text>
        ))}
        {rows.map(({ target }, index) => (
          <text x="476" y={y(index)}>
            {shown(target.length > 40 ? `…${target.slice(-39)}` : target)}
          </text>
        ))}
      </svg>
    </Scroll>
  )
}

const matches = ({ target, expression }: MappingRow, wanted: string): boolean =>
  `${target} ${expression}`.toLowerCase().includes(wanted.toLowerCase())

/** The mappings as a table, with the findings of check, and as a diagram. */
export const SchemaTab = ({ schema, open, save }: Props) => {
  const [wanted, setWanted] = useState('')
  if (schema === undefined)
    return <p class="quiet">Open a schema: export it in the portal or with Microsoft Graph.</p>
  const rows = schema.rows.filter((row) => matches(row, wanted))
  return (
    <>
      <h2>{shown(schema.name)}</h2>
      <p>
        {shown(schema.source)} → {shown(schema.target)}, {schema.rows.length} mappings
      </p>
      <Findings of={schema.faults} />
      <p>
        <label>
          Search{' '}
          <input type="search" value={wanted} onInput={(event) => setWanted(event.currentTarget.value)} />
        </label>{' '}
        <span role="status" class="quiet">
          {wanted !== '' && `${rows.length} found`}
        </span>{' '}
        {schema.changed && (
          <button type="button" onClick={save}>
            Save the schema as a file
          </button>
        )}
      </p>
      <Scroll label="Mappings">
        <table>
          <thead>
            <tr>
              <th scope="col">Target attribute</th>
              <th scope="col">Expression</th>
              <th scope="col">Type</th>
              <th scope="col">Matching</th>
              <th scope="col">Applies</th>
              <th scope="col">Default</th>
              <th scope="col">Findings</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr>
                <th scope="row">
                  <button
                    type="button"
                    class="link"
                    aria-label={shown(row.target)}
                    onClick={() => open(row.index, row.expression)}
                  >
                    <Name text={row.target} />
                  </button>
                </th>
                <td>
                  <code>{shown(row.expression)}</code>
                </td>
                <td>{shown(row.type)}</td>
                <td>{row.matching > 0 ? row.matching : ''}</td>
                <td>
                  {row.flowType === 'ObjectAddOnly'
                    ? 'only on creation'
                    : row.flowType === 'Always'
                      ? 'always'
                      : shown(row.flowType)}
                </td>
                <td>{shown(row.defaultValue)}</td>
                <td>
                  <Findings of={row.findings} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <h3>What feeds what</h3>
      <Diagram rows={rows} />
    </>
  )
}
