/** How a gap is filled in every chart of the funnel: slanting lines, no colour, no length that means anything. */
export function Hatch({ id }: { id: string }) {
  return (
    <defs>
      <pattern
        id={id}
        width={7}
        height={7}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(45)"
      >
        <rect width={7} height={7} fill="var(--surface)" />
        <line x1={0} y1={0} x2={0} y2={7} stroke="var(--hairline)" strokeWidth={5} />
      </pattern>
    </defs>
  )
}
