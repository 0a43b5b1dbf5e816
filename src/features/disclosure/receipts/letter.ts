/** The receipt of a report. It repeats none of the report: whoever forges a sender makes us say nothing of their own. */
export const writeReceipt = ({
  number,
  name,
  link,
  form,
}: {
  number: string;
  name: string;
  link: string;
  form: string;
}) => ({
  subject: `Auto: your report ${number} arrived`,
  text: `Thank you. ${name} has your report. Its number is ${number}.

How it stands, and where you can write to us, without an account:

${link}

Whoever has this link can read the case: keep it to yourself.

What happens next
1. A person reads your report and says so on that page, within seven days.
2. We look into it and tell you there what we found and what we do about it.
3. We agree with you when it is published, and thank you by name if you like.

What you can expect of us, and what we ask of you: ${form}

If you answer this mail, leave ${number} in the subject.

This mail was sent by itself, because a report came from your address. If it was not yours, you need do nothing.
`,
});
