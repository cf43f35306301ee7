import type { Control } from './controls.js'
import type { FigureSection, YearFigures } from './figures.js'

/** Which sections speak to a control whose `records` name a room; the ids say more where a room is about several things. */
const sectionsOfRoom: Record<string, readonly string[]> = {
  register: ['sub-processors', 'transfers'],
  'unpermitted-uses': ['unpermitted-use'],
  notices: ['notices'],
  objections: ['objections'],
  supervision: ['supervision', 'findings'],
  statements: ['statements'],
  questionnaires: ['questionnaires'],
  breaches: ['breaches'],
  requests: ['requests', 'instructions'],
  departures: ['departures'],
}

/** The register holds lists and transfers: F asks for the one, G for the other, E.2 for where data may lie and go. */
const sectionsOfControl: Record<string, readonly string[]> = {
  'A.2': ['instructions'],
  'A.3': ['requests', 'instructions'],
  'D.3': ['departures'],
  'E.2': ['sub-processors', 'transfers', 'unpermitted-use'],
  'F.1': ['sub-processors'],
  'F.2': ['sub-processors', 'unpermitted-use'],
  'F.4': ['sub-processors'],
  'F.5': ['sub-processors'],
  'G.1': ['transfers'],
  'G.2': ['transfers'],
  'G.3': ['transfers'],
}

/** What our own records say to a control: for its page, beside what the tester has seen. */
export function figuresFor(control: Pick<Control, 'id' | 'records'>, figures: YearFigures): FigureSection[] {
  const asked =
    sectionsOfControl[control.id] ?? (control.records ?? []).flatMap((room) => sectionsOfRoom[room] ?? [])
  return figures.sections.filter(({ key }) => asked.includes(key))
}
