"""Everything a person can do in the terminal program, as a table; `actions` makes the registry of it.

A heading names the group, where it applies and, if one does, the part of a step that does it. A row names the
action (its id without what it applies to), its keys, one or two words for the footer (else the sentence serves), a
sentence for help and palette and, where it is not the name, the call. The page of keys keeps this order.

The reader leaves to the screen: f q z, the capitals not named there, signs, digits, F-keys.
"""

TABLE = """
# Reading and marking | reader
left | left,h | | Go one character back | move('left')
right | right,l | | Go one character on | move('right')
up | up,k | | Go one line up | move('up')
down | down,j | | Go one line down | move('down')
word_left | b,ctrl+left | | Go one word back | move('word_left')
word_right | w,ctrl+right | | Go one word on | move('word_right')
line_start | home,0 | | Go to the start of the line | move('line_start')
line_end | end,dollar_sign | | Go to the end of the line | move('line_end')
page_up | pageup | | Go one page up | move('page_up')
page_down | pagedown | | Go one page down | move('page_down')
top | g,ctrl+home | | Go to the start of the transcript | move('top')
bottom | G,ctrl+end | | Go to the end of the transcript | move('bottom')
turn_up | ctrl+up | | Go to the turn before | move('turn_up')
turn_down | ctrl+down | | Go to the next turn | move('turn_down')
sentence | s | mark sentence | Mark the sentence; again: the next one too | select_unit('sentence')
turn | t | mark turn | Mark the turn; again: the next one too | select_unit('turn')
widen | plus,equals_sign | more | Mark more: word, clause, sentence, turn | mark('more')
narrow | minus | less | Mark less: turn, sentence, clause, word | mark('less')
mark_mode | v | mark by moving | Begin or end marking with the movement keys | mark('by moving')
swap | o | | Go to the other end of what is marked | mark('from the other end')
clear | escape | nothing | Mark nothing
extend_left | shift+left,H | | Move the edge at the cursor one character back | extend('left')
extend_right | shift+right,L | | Move the edge at the cursor one character on | extend('right')
extend_up | shift+up,K | | Move the edge at the cursor one line up | extend('up')
extend_down | shift+down,J | | Move the edge at the cursor one line down | extend('down')
extend_word_left | ctrl+shift+left,B | | Move the edge at the cursor one word back | extend('word_left')
extend_word_right | ctrl+shift+right,W | | Move the edge at the cursor one word on | extend('word_right')
extend_line_start | shift+home | | Mark to the start of the line | extend('line_start')
extend_line_end | shift+end | | Mark to the end of the line | extend('line_end')
extend_page_up | shift+pageup | | Mark one page up | extend('page_up')
extend_page_down | shift+pagedown | | Mark one page down | extend('page_down')
start_word_left | i | word more in front | Take in one word more at the start | edge('start', 'word_left')
start_word_right | I | | Leave out one word at the start | edge('start', 'word_right')
end_word_right | a | word more | Take in one word more at the end | edge('end', 'word_right')
end_word_left | A | word less | Leave out one word at the end | edge('end', 'word_left')
start_left | alt+left | | Take in one character more at the start | edge('start', 'left')
start_right | alt+right | | Leave out one character at the start | edge('start', 'right')
end_left | alt+shift+left | | Leave out one character at the end | edge('end', 'left')
end_right | alt+shift+right | | Take in one character more at the end | edge('end', 'right')
next | n | next | Go to the next coding, or the next hit of a search | jump('next')
previous | p | before | Go to the coding before, or the hit before | jump('previous')
next_uncoded | N | next uncoded | Mark the next sentence without a code | jump('next_uncoded')
previous_uncoded | P | | Mark the sentence without a code before this | jump('previous_uncoded')

# Everywhere | app
help | f1,question_mark | help | Show the keys that work here | keys_help
palette | ctrl+p,f2,colon | all acts | Search everything you can do | command_palette
jump | ctrl+o | jump | Jump to a pane or a step by one letter
language | f4 | Nederlands | Switch between Dutch and English | switch_language
theme | f10 | colours | Switch dark, light, high contrast | switch_theme
marker | ctrl+l | marker | Show what is coded as under a highlighter, or underlined | switch_marker
search | ctrl+f | search | Search all interviews, in all forms of a word
start | ctrl+g | start | Go to the start: other projects | go_to_start
quit | ctrl+q | quit | Quit (everything is saved already)

# Everywhere | step | project
undo | u,ctrl+z | undo | Undo your last act
redo | ctrl+r,ctrl+y | redo | Do again what you undid
coder | f9 | coder | Say who is coding
next | ctrl+pagedown | next step | Go to the next step
previous | ctrl+pageup | step back | Go to the step before
pair | at,f5 | together | Rounds, sharing, PINs and settings: what you do as a pair
memos | M | memos | Read, search and write memos
journal | U | logbook | See who did what, and undo or redo from there
backups | f12 | backups | Show the backups, make one, or put one back
tour | ctrl+t | tour | Walk through the first steps (about two minutes)

# At the start | start
new | n | new | Begin a new project
open | o | open | Open a project file, or what the other sent
invited | i | invited | Begin on this laptop with an invitation
demo | d | demo | Look at the demo
recent | digits | open | Open the project of that number

# Transcripts | transcripts
add | a,insert | take in | Take interviews in from files
describe | e | describe | Change name, case or informant
memo | m | memo | Write a memo on the transcript
done | d | done | Say that you have finished it, or not yet
remove | x,delete | take out | Take out a transcript without codings
speakers | s | speakers | Say who the speakers are
names | n | names | Look for names that slipped through
parts | f | questions | Lay the answers to one question side by side
cases | c | cases | Show the table of cases and informants

# Who speaks | who
role | r,enter | role | Say who a label is
interviewer | i | interviewer | It is the interviewer
name | n | name | Say what the speaker is called from now on
same | m | same person | Say that it is the same person as another label
nobody | x,delete | no speaker | It is no speaker: its words are of who spoke before
reopen | u | undecided | Take back what you said last
ready | ctrl+s,f | ready | Ready: go on with these speakers
stop | escape,q | stop | Stop taking this file in

# A survey | survey
kind | k,enter | kind | Say what a column holds
call | n | name | Say what the answers in a column are called
scale | s | scale | Say of which scale a question is an item
title | t | title | Give the survey another name
reopen | u | undecided | Take back what you said last
ready | ctrl+s,f | ready | Ready: take the survey in like this
stop | escape,q | stop | Stop taking the survey in

# Deciding on names | names
accept | r,enter | replace | Replace the name
refuse | x,delete | leave | Leave the name as it is, in this text
never | v | never a name | Leave the word as it is, now and in later files | refuse(True)
kind | t | kind | Say whose or what name it is
pseudonym | p | pseudonym | Give it a pseudonym of your own choice
same | m | same person | Say that it is the same person as another name
separate | s | another person | Say that it is not the person of the fuller name
sure | a | all that are sure | Replace all names that are sure
all | A | all likely | Replace all names that are sure or likely, and all people
reopen | u | undecided | Take back what you decided about the name
ready | ctrl+s,f | ready | Ready: go on with what was decided
stop | escape,q | stop | Stop deciding on names

# Forms and cases | parts
next | right_square_bracket | next | Show the next question | question(1)
previous | left_square_bracket | before | Show the question before | question(-1)
open | enter | to the text | Go to the answer in its interview
coded | o | coded only | Show only answers with a coding, or all
back | escape,q | back | Go back to the transcripts

# Forms and cases | cases
change | e,enter | change | Change what is known of the case
add | a,insert | new | Add a case
column | w | new column | Add a column of your own
file | o | from a table | Take in a table of cases (.csv, .xlsx)
back | escape,q | back | Go back to the transcripts

# Comparing | compare
next | f8,n | next difference | Go to the next difference | step(1)
previous | shift+f8,p,N | before | Go to the difference before | step(-1)
walk | w | walk | Walk through the differences and settle them together
filter | c,slash | one code | Look at one code only, or at all again
next_transcript | right_curly_bracket | next transcript | Show the next transcript that both have done | turn_over(1)
previous_transcript | left_curly_bracket | transcript before | Show the transcript before | turn_over(-1)
choose | t | transcripts | Choose a transcript
whose | v | whose | Choose which two to compare
more | m,f7 | all figures | Show all figures of agreement, sliced as you like
interviewer | i | interviewer | Count the interviewer's words, or leave them out
numbers | f6,less_than_sign | numbers | Show or hide the table of agreement
up | up,k | up | Scroll both texts one line up | scroll(-1)
down | down,j | down | Scroll both texts one line down | scroll(1)
page_up | pageup,b | page up | Scroll both texts one page up | scroll(0, -1)
page_down | pagedown,space | page down | Scroll both texts one page down | scroll(0, 1)
top | home,g | start | Scroll both texts to the start | scroll(0, -10000)
bottom | end,G | end | Scroll both texts to the end | scroll(0, 10000)

# Agreement, closely | agreement
kind | d | other | Choose what to look at: codes, groups, interviews, rounds …
more | m | more figures | Show more figures, or fewer
interviewer | i | interviewer | Count the interviewer's words, or leave them out
back | escape,q | back | Go back to the texts

# The walk through the differences | walk
a | a | as left | Settle it as the left one of the two read it | settle('a')
b | b | as right | Settle it as the right one of the two read it | settle('b')
both | o | both | Settle it: both readings stand | settle('both')
neither | n | neither | Settle it: neither stands | settle('neither')
edges | e | new edges | Settle it with other edges
new_code | c | new code | Settle it with another code
differ | d | differ | Agree to differ: two readings stay | settle('differ')
later | l | later | Put it off until later | settle('later')
group | asterisk | whole group | Let the next outcome settle its whole group
reason | w | my line | Write in a line what I saw here
other_reason | W | other's line | Let the other one write theirs here
reopen | R | reopen | Take a decision up again
figures | equals_sign | figures | Show the figures and the list of all differences, or only the passage
agreed | plus | agreed ones | Put what you both agree on in the shared layer
next | down,j,right_square_bracket | next | Go to the next difference, and leave this one open | skip(1)
previous | up,k,left_square_bracket | one back | Go to the difference before | skip(-1)
down | J | card down | Scroll the card down | scroll_card(1)
up | K | card up | Scroll the card up | scroll_card(-1)
order | s | order | Sort by codes that meet, effect, size or place
settled | v | settled ones | Show what was settled too, or only what is open
open | t,enter | to the text | Go to the passage in its interview
back | escape,q | back | Go back to the texts; the walk can go on later

# The walk through the differences | walk | codes
mend | f | mend meaning | Change what a code means, in one field
whole | ctrl+e | whole code | Change all that the codebook says of a code
older | F | older codings | List codings made under the older words of these codes
hold | H | they hold | Say that the codings made under the older words hold

# Themes | themes
open | enter | to the text | Go to the fragment in its interview
star | s | choose | Choose the quote (star), or no longer | mark('star')
negative | n | speaks against | Say that it speaks against the theme, or not | mark('negative')
shorten | e | shorten | Leave words out of the quote, with […]
up | K,shift+up | up | Move the fragment, or the theme, up | move(-1)
down | J,shift+down | down | Move the fragment, or the theme, down | move(1)
move | m | to theme | Move the fragment to another theme | move_to
group | b | sub-group | Put the fragment in a sub-group
text | w | text | Write the text of the theme | write('text')
refer | y | refer | Copy a reference to the quote, for the text of a theme
title | r | title | Give the theme another title | write('title')
question | q | question | Say which research question the theme answers | write('question')
codes | c | codes | Choose the codes of the theme
add | a,insert | new | Add a theme
remove | x,delete | take out | Take the theme away; its codings stay
whose | v | whose | Choose whose codings count
matrix | f6,f | matrix | Count codings in two directions | lay_out('matrix')
voices | f7,i | informants | Lay the informants of one case side by side | lay_out('voices')

# Matrices and voices | matrix
open | enter | passages | Show the passages behind the count
kind | d | other | Choose what is counted against what
whose | v | whose | Choose whose codings count
back | escape,q | back | Go back to the themes

# Matrices and voices | voices
open | enter | to the text | Go to the first fragment in its interview
next | right_square_bracket | next case | Show the next case | case(1)
previous | left_square_bracket | case before | Show the case before | case(-1)
back | escape,q | back | Go back to the themes

# Ranking | rank
new | a,insert | new | Begin a ranking
choose | r | ranking | Choose a ranking
up | K,shift+up | up | Move the interview up | move(-1)
down | J,shift+down | down | Move the interview down | move(1)
tie | equals_sign,t | tie | Tie it with the one above, or no longer
ask | w | which went better? | Answer which of two went better, until there is an order
restart | W | anew | Begin the questions anew
settle | s | settle | Settle the shared order, with the reason
contrast | c | contrast | Show what goes with the best and the poorest
open | enter | to the text | Go to the interview
remove | x,delete | take out | Take the ranking away

# Checklist | checklist
good | g,plus | good | Rate the case good on this line | rate('good')
poor | p,minus | poor | Rate the case poor on this line | rate('poor')
mixed | m | mixed | Rate the case mixed on this line | rate('mixed')
silent | n | not spoken of | Say that it is not spoken of | rate('silent')
clear | x,delete | take back | Take your rating back | rate('')
evidence | e,enter | evidence | Look at the fragments, and name those that show it
note | w | note | Write a note with your rating
settle | s | settle | Settle the verdict you share, with the reason
file | o | other list | Take in a checklist from a file

# Export | export
save | s,ctrl+s | save | Save the document as chosen
stop | escape | stop | Stop writing the document
preview | v | preview | Look at the document before saving it
copy | y | copy the path | Copy where the document was saved | copy_path

# Coding | code | codings
slot | digits | code | Code with the code of that number
letters | semicolon | by letters | Code with the two letters of a code
pick | c | find a code | Code with a code that you look up
repeat | full_stop | same code | Code with the code used last
repeat_next | comma | code & next | Code with the code used last and mark the next uncoded sentence
remove | x,delete | remove | Remove the coding at the cursor
edges | e | new edges | Give the coding the edges of what is marked
recode | r | other code | Give the coding at the cursor another code
memo | m | memo | Write a memo on the coding, else on the transcript
copy | y,ctrl+c | copy | Copy the words that are marked
done | d | done | Say that you have finished this transcript, or not yet

# Coding | code | changes
take_up | enter | hold / let go | Hold the coding at the cursor: the edge keys then move its edges
copy_to | R | one more code | Give the words of the coding at the cursor another code as well
split | vertical_line | cut in two | Cut the coding in two at the cursor
in_vivo | C | new code | Make a code of the marked words, and code them with it
example | E | example | Make the coding at the cursor the example of its code
correct | ctrl+e | correct | Correct the words of this turn; codings move along

# Finding | code | places
next | right_square_bracket | next coding | Go to the next coding | next_coding
previous | left_square_bracket | coding before | Go to the coding before | previous_coding
next_transcript | right_curly_bracket | next transcript | Open the next transcript
previous_transcript | left_curly_bracket | transcript before | Open the transcript before
find | slash | find | Find words in this transcript

# Finding | code | likeness
similar | S | similar | List passages that use the same words
suggest | T | likely codes | Put likely codes first when you look a code up, or no longer

# Finding | code | places
clear_hits | escape | hits away | Show the hits no longer
next_same | right_parenthesis | next of this code | Go to the next coding with the same code, in any interview
previous_same | left_parenthesis | before, of this code | Go to the coding before with the same code, in any interview
bookmark | asterisk | bookmark | Put a bookmark here, or take it away
bookmarks | apostrophe | bookmarks | Go to a bookmark

# Searching all interviews | search
go | enter | go there | Go to the place in its interview
tick | space | tick | Tick this hit, or not, and go to the next
tick_all | a | tick all | Tick all hits, or none
code | c | code ticked | Give the sentences of the ticked hits a code
code_words | w | code words | Give just the words of the ticked hits a code
sort | s | sort | Sort by place, by the words left or right, or by form
forms | f | forms | Go to the forms found: take some out
question | slash | question | Go to the line to type in
also | plus,equals_sign | also found | Take in what is found beside it (plan, when plannen is asked), or not
plain | f6 | text, memos | Search bare text and memos, or words in all forms
save | ctrl+s | keep | Keep the question under a name
saved | f7 | kept | Ask a question that was kept
forget | f8 | forget | Keep a question no longer
close | escape,q | back | Go back to where you were

# What is shown | code | shown
left | f6,less_than_sign | transcripts | Show or hide the transcripts | fold('left')
right | f7,greater_than_sign | codebook | Show or hide the codebook | fold('right')
focus | f3 | text only | Text only: hide everything else | text_only
only | f | this code only | Show only the codings of this code, or all again
hide | F | hide code | Hide the codings of a code, or show them again
others | O | both readers | Show the codings of others too, where nothing is sealed

# The codebook (in its pane) | codebook | codebook
new | n | new code | Make a code beside this one
under | N | sub-code | Make a code under this one
edit | e | edit | Change name, letters, colour and texts of this code
colour | o | colour | Give this code another colour
up | shift+up,K | up | Move this code up | move(-1)
down | shift+down,J | down | Move this code down | move(1)
nest | shift+right,L | nest | Put this code under the one above it
unnest | shift+left,H | take out | Take this code out from under another
put | p | put under | Put this code under another one (or drag it)
merge | ampersand | merge | Merge this code into another one
split | vertical_line | split | Give some of its codings to a new sub-code
retire | x,delete | retire | Take this code out of use, or into use again
retired | X | retired ones | Show or hide codes that are out of use
memo | m | memo | Write a memo on this code
versions | v | versions | Read the versions of this code, with dates
counts | t | counts | Count the codings of this code, by coder and by case
next | right_square_bracket,right_parenthesis | next coding | Go to the next coding with this code | walk(1)
previous | left_square_bracket,left_parenthesis | coding before | Go to the coding before with this code | walk(-1)
"""
