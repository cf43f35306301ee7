import type { DraftContent } from '../../src/question-sets/rules/draft.js'

export const whats = (draft: DraftContent | null) => draft?.report.map(({ what }) => what)

/** Own sentences, in the shape VSAQ's files have: comments, strings put together, markup, choices that are their own names. */
export const vsaq = `// Our own
{
  "questionnaire": [ {
    "type": "block", "text": "Our <b>security</b> form",
    "items": [
      { "type": "block", "text": "Programme", "items": [
        { "type": "info", "text": "About you." },
        { "type": "radiogroup", "id": "prog", "text": "Do you have a " + "programme?", "choices": [
          { "prog_yes": "Yes, all of it" }, { "prog_no": "No &mdash; less" } ] },
        { "type": "tip", "id": "w", "text": "Have one.", "warn": "yes", "severity": "high", "name": "No programme", "cond": "prog_no" },
        { "type": "tip", "id": "w2", "text": "Really.", "warn": "yes", "severity": "low", "cond": "prog_no" },
        { "type": "tip", "id": "t", "text": "Nice to know." },
        { "type": "line", "id": "since", "text": "Since when?", "cond": "prog_yes", "inputType": "date" },
        { "type": "block", "text": "Details", "cond": "prog_yes", "items": [
          { "type": "checkgroup", "text": "Which <a href='https://x.example/list'>standards</a>?", "defaultChoice": true, "choices": [
            { "std_a": "A" }, { "std_b": "B" } ] },
          { "type": "box", "id": "why", "text": "Why B?", "cond": "std_b && !(std_a || ack/yes)" },
          { "type": "upload", "id": "paper", "text": "Attach the policy" },
        ] },
        { "type": "check", "id": "ack", "text": "We agree.", "required": true },
        { "type": "yesno", "id": "soc", "text": "A SOC?", "yes": "Yes, we have", "no": "No" },
        { "type": "line", "id": "lost", "text": "Lost?", "cond": "nowhere || prog_yes" },
        { "type": "box", "id": "theirs", "text": "Reviewer's note", "auth": "admin" },
        { "type": "hologram", "text": "?" },
        { "type": "spacer" },
        { "type": "radio", "name": "size", "id": "small", "text": "Small" },
        { "type": "radio", "name": "size", "id": "large", "text": "Large" },
      ] },
      { "type": "block", "text": "End", "items": [ { "type": "info", "text": "Thank you." } ] }
    ]
  } ]
}`
