/** What a form sends without showing it. */
export type HiddenValues = Readonly<Record<string, string>>

export const HiddenFields = ({ values = {} }: { values?: HiddenValues }) => (
  <>
    {Object.entries(values).map(([name, value]) => (
      <input type="hidden" name={name} value={value} />
    ))}
  </>
)
