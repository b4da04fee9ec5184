import type { ComponentChildren } from 'preact'

/** A region that scrolls by itself. It can take the focus, so that the keyboard can scroll it. */
export const Scroll = ({
  label,
  children,
}: {
  readonly label: string
  readonly children: ComponentChildren
}) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot scroll the region
  <section class="scroll" tabIndex={0} aria-label={label}>
    {children}
  </section>
)
